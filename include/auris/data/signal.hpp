#pragma once
#include <array>
#include <auris/core/random.hpp>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>

// The few signal generators that timbres and backgrounds are made of: recurrences and a table, so that an hour of sound
// takes seconds.
namespace auris::detail {

/// White noise, uniform in [-1, 1).
class white_noise {
 public:
  explicit white_noise(std::uint64_t seed) : state_(mix(seed)) {}
  float operator()() {
    if (!half_) bits_ = mix(state_ += 0x9E3779B97F4A7C15u);
    const auto part = static_cast<std::int32_t>(half_ ? bits_ >> 32 : bits_ & 0xFFFFFFFFu);
    half_ = !half_;
    return static_cast<float>(part) * 0x1p-31f;
  }

 private:
  std::uint64_t state_, bits_ = 0;
  bool half_ = false;
};

/// The sine of a phase in turns of 2^32, from a table of 4096 values with straight lines between them.
inline float sine(std::uint32_t phase) {
  static const auto table = [] {
    std::array<float, 4097> t;
    for (std::size_t i = 0; i < t.size(); ++i)
      t[i] = static_cast<float>(std::sin(2 * std::numbers::pi * static_cast<double>(i) / 4096));
    return t;
  }();
  const std::size_t i = phase >> 20;
  const float between = static_cast<float>(phase & 0xFFFFFu) * 0x1p-20f;
  return table[i] + (table[i + 1] - table[i]) * between;
}

/// How far the phase of a tone moves in one sample.
inline std::uint32_t phase_step(double frequency, int rate) {
  return static_cast<std::uint32_t>(static_cast<std::int64_t>(frequency / rate * 0x1p32));
}

/// A band-pass of two poles and peak gain 1: bandwidth = frequency / quality.
class band_pass {
 public:
  band_pass(double frequency, double quality, int rate) {
    const double w = 2 * std::numbers::pi * frequency / rate, alpha = std::sin(w) / (2 * quality);
    gain_ = alpha / (1 + alpha), a1_ = -2 * std::cos(w) / (1 + alpha), a2_ = (1 - alpha) / (1 + alpha);
  }
  float operator()(float x) {
    const double y = gain_ * (static_cast<double>(x) - x2_) - a1_ * y1_ - a2_ * y2_;
    x2_ = x1_, x1_ = static_cast<double>(x), y2_ = y1_, y1_ = y;
    return static_cast<float>(y);
  }

 private:
  double gain_, a1_, a2_, x1_ = 0, x2_ = 0, y1_ = 0, y2_ = 0;
};

/// Element n of the van der Corput sequence: 0, 1/2, 1/4, 3/4, ... for base 2. Any first few of them lie far apart.
inline double spread(std::uint64_t n, std::uint64_t base) {
  double value = 0, digit = 1;
  for (; n > 0; n /= base) value += static_cast<double>(n % base) * (digit /= static_cast<double>(base));
  return value;
}

/// Straight fades of 10 ms (or half of a shorter sound) at both ends.
inline void fade_ends(std::span<float> x, int rate) {
  const std::size_t ramp = std::min(static_cast<std::size_t>(rate / 100), x.size() / 2);
  for (std::size_t i = 0; i < ramp; ++i) {
    const float gain = (static_cast<float>(i) + 0.5f) / static_cast<float>(ramp);
    x[i] *= gain, x[x.size() - 1 - i] *= gain;
  }
}

/// Sum of squares.
inline double energy(std::span<const float> x) {
  double sum = 0;
  for (float v : x) sum += static_cast<double>(v) * static_cast<double>(v);
  return sum;
}

}  // namespace auris::detail
