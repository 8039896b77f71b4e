#pragma once
#include <algorithm>
#include <auris/core/shape.hpp>
#include <auris/data/annotators.hpp>
#include <auris/data/signal.hpp>
#include <cmath>
#include <span>
#include <vector>

namespace auris {

/// Mixes sounds into a background at chosen signal-to-noise ratios, and keeps account of what can be heard of each
/// class in each second.
///
/// The background is scaled to a root mean square of 0.01, a sound to 10^(snr/20) times that over its own length.
///
/// Memory  the samples; per class and second two numbers.
///
///     mixer mix(2, 44100, 1);                                          // 2 s, one class
///     mix.lay(std::vector<float>(88200, 1.0f));
///     mix.add(std::vector<float>(44100, 1.0f), 0, 0, 10);              // the first second, 10 dB above
///     const auto heard = mix.heard();                                  // heard[0][0]: coverage 1, 10 dB
///     const std::vector<float> x = std::move(mix).finish();
class mixer {
 public:
  mixer(idx seconds, int rate, idx classes)
      : seconds_(seconds),
        rate_(rate),
        x_(static_cast<std::size_t>(seconds * rate)),
        below_(static_cast<std::size_t>(seconds)),
        of_class_(static_cast<std::size_t>(classes), std::vector<part>(static_cast<std::size_t>(seconds))) {}

  idx samples() const { return static_cast<idx>(x_.size()); }

  /// The background; what it is longer than the clip is cut off. A silent one stays silent.
  void lay(std::span<const float> sound) {
    const std::span<const float> used = sound.first(std::min(sound.size(), x_.size()));
    const double power = detail::energy(used) / static_cast<double>(std::max<std::size_t>(x_.size(), 1));
    const auto gain = static_cast<float>(power > 0 ? level / std::sqrt(power) : 0);
    for (std::size_t i = 0; i < used.size(); ++i) x_[i] += gain * used[i];
    for (idx s = 0; s < seconds_; ++s)
      below_[static_cast<std::size_t>(s)] = detail::energy(
          std::span<const float>(x_).subspan(static_cast<std::size_t>(s * rate_), static_cast<std::size_t>(rate_)));
  }

  /// A sound of a class (0 to classes - 1), from sample `onset` on; what lies outside of the clip is cut off. False,
  /// and nothing is mixed, where the sound has no power.
  bool add(std::span<const float> sound, idx onset, idx class_index, double snr) {
    const double power = sound.empty() ? 0 : detail::energy(sound) / static_cast<double>(sound.size());
    if (!(power > 0)) return false;
    const auto gain = static_cast<float>(level * std::pow(10, snr / 20) / std::sqrt(power));
    auto& parts = of_class_[static_cast<std::size_t>(class_index)];
    const idx first = std::max<idx>(onset, 0);
    const idx last = std::min(samples(), onset + static_cast<idx>(sound.size()));
    for (idx from = first; from < last;) {
      const idx second = from / rate_, to = std::min(last, (second + 1) * rate_);
      part& p = parts[static_cast<std::size_t>(second)];
      p.covered += to - from;
      for (; from < to; ++from) {
        const float v = gain * sound[static_cast<std::size_t>(from - onset)];
        x_[static_cast<std::size_t>(from)] += v;
        p.energy += static_cast<double>(v) * static_cast<double>(v);
      }
    }
    return true;
  }

  /// Coverage and local SNR: (class, second). Sounds of other classes count a tenth of their power as noise: an ear
  /// tells them apart by their timbre.
  std::vector<std::vector<audible>> heard() const {
    const double per_second = static_cast<double>(rate_);
    std::vector<std::vector<audible>> out(of_class_.size());
    for (std::size_t c = 0; c < of_class_.size(); ++c)
      for (std::size_t s = 0; s < below_.size(); ++s) {
        const part& p = of_class_[c][s];
        double rest = below_[s];
        for (std::size_t other = 0; other < of_class_.size(); ++other)
          if (other != c) rest += masking * of_class_[other][s].energy;
        audible a{std::min(1.0, static_cast<double>(p.covered) / per_second), 0};
        if (p.covered > 0) {
          const double power = p.energy / static_cast<double>(p.covered), noise = rest / per_second;
          a.snr = std::clamp(10 * std::log10((power + tiny) / (noise + tiny)), -100.0, 100.0);
        }
        out[c].push_back(a);
      }
    return out;
  }

  /// The sum, made quieter where it would exceed 1.
  std::vector<float> finish() && {
    float peak = 0;
    for (float v : x_) peak = std::max(peak, std::abs(v));
    if (peak > 0.99f)
      for (float& v : x_) v *= 0.99f / peak;
    return std::move(x_);
  }

 private:
  static constexpr double level = 0.01, masking = 0.1, tiny = 1e-20;
  struct part {
    idx covered = 0;  // samples
    double energy = 0;
  };
  idx seconds_, rate_;
  std::vector<float> x_;
  std::vector<double> below_;                // energy of the background by second
  std::vector<std::vector<part>> of_class_;  // (class, second)
};

}  // namespace auris
