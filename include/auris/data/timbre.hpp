#pragma once
#include <algorithm>
#include <auris/data/signal.hpp>
#include <vector>

namespace auris {

/// The shapes of synthetic event sounds, each one both in time and in frequency.
enum class timbre_kind {
  harmonic_tone,   ///< a steady tone of up to 6 harmonics with vibrato
  noise_bursts,    ///< broad band noise that dies away again and again
  rising_chirps,   ///< tones that rise by a fifth, one after the other
  clicks,          ///< a resonance that is hit at uneven times
  tremolo_noise,   ///< narrow band noise that swells and fades
  beeps,           ///< two tones in turn, with pauses
  swelling_noise,  ///< broad band noise that grows until the end
  falling_squeal   ///< three partials out of tune that glide down
};

/// What a synthetic event sounds like.
struct timbre {
  timbre_kind kind;
  double pitch;  ///< place of the centre frequency, 0 to 1: from 250 Hz to 6 kHz (at most 0.3 of the sampling rate)
  double speed;  ///< repetitions, vibrations or swells per second

  double frequency(int rate) const {
    const double low = std::min(250.0, 0.03 * rate), high = std::min(6000.0, 0.3 * rate);
    return low * std::pow(high / low, pitch);
  }
};

/// The timbre of a class: distinct for any number of classes. The kind goes round with the index; within a kind pitch
/// and speed follow van der Corput sequences, so that any first few lie far apart.
///
///     const timbre dog = class_timbre(3);                              // timbre_kind::clicks
inline timbre class_timbre(idx class_index) {
  constexpr double speeds[]{5, 3, 2.5, 7, 1, 4, 0, 0}, golden = 0.3819660112501051;
  const auto kind = static_cast<std::uint64_t>(class_index) % 8, round = static_cast<std::uint64_t>(class_index) / 8;
  const double place = golden * static_cast<double>(kind) + detail::spread(round, 2);
  return {static_cast<timbre_kind>(kind), place - std::floor(place), speeds[kind] * (1 + detail::spread(round, 3))};
}

/// One sound of a timbre; `seed` varies pitch (by 3 %), phases and noise from sound to sound. Not scaled: see
/// `soundscape_generator`.
///
/// Streaming  no.
/// Errors     none; no samples give no sound.
///
///     const std::vector<float> second = render_event(class_timbre(0), 44100, 44100, 1);
inline std::vector<float> render_event(const timbre& t, idx samples, int rate, std::uint64_t seed) {
  using detail::sine;
  constexpr idx control = 32;  // samples between two changes of a frequency
  std::vector<float> y(static_cast<std::size_t>(std::max<idx>(samples, 0)));
  random_sequence random(seed);
  const double f = t.frequency(rate) * (0.97 + 0.06 * random.uniform());
  auto phase = static_cast<std::uint32_t>(random.below(idx(1) << 32));
  detail::white_noise noise(seed);
  const double seconds_per_sample = 1.0 / rate, whole = static_cast<double>(y.size());
  const auto turns = [&](std::size_t i) { return t.speed * static_cast<double>(i) * seconds_per_sample; };
  const auto slow = detail::phase_step(t.speed, rate);
  const auto at_control = [](std::size_t i) { return i % control == 0; };
  std::uint32_t step = 0, swing = 0;

  switch (t.kind) {
    case timbre_kind::harmonic_tone: {
      const auto harmonics = static_cast<std::uint32_t>(std::clamp(0.45 * rate / (f / 3), 1.0, 6.0));
      for (std::size_t i = 0; i < y.size(); ++i, phase += step, swing += slow) {
        if (at_control(i)) step = detail::phase_step(f / 3 * (1 + 0.03 * static_cast<double>(sine(swing))), rate);
        for (std::uint32_t h = 1; h <= harmonics; ++h) y[i] += sine(h * phase) / static_cast<float>(h);
      }
      break;
    }
    case timbre_kind::noise_bursts: {
      detail::band_pass band(f, 1.5, rate);
      const auto decay = static_cast<float>(std::exp(-4 * t.speed * seconds_per_sample));
      float level = 1;
      for (std::size_t i = 0; i < y.size(); ++i, swing += slow) {
        if (swing < slow) level = 1;
        y[i] = level * band(noise());
        level *= decay;
      }
      break;
    }
    case timbre_kind::rising_chirps:
      for (std::size_t i = 0; i < y.size(); ++i, phase += step, swing += slow) {
        if (at_control(i)) step = detail::phase_step(f * (1 + 0.5 * swing * 0x1p-32), rate);
        y[i] = sine(phase) * sine(swing / 2);
      }
      break;
    case timbre_kind::clicks: {
      detail::band_pass band(f, 10, rate);
      double next = 0;
      for (std::size_t i = 0; i < y.size(); ++i) {
        const bool hit = turns(i) >= next;
        if (hit) next += 0.6 + 0.8 * random.uniform();
        y[i] = band(hit ? 1.0f : 0.0f);
      }
      break;
    }
    case timbre_kind::tremolo_noise: {
      detail::band_pass band(f, 6, rate);
      for (std::size_t i = 0; i < y.size(); ++i, swing += slow) y[i] = band(noise()) * (0.6f + 0.4f * sine(swing));
      break;
    }
    case timbre_kind::beeps: {
      const std::uint32_t tones[]{detail::phase_step(f, rate), detail::phase_step(1.25 * f, rate)};
      std::size_t tone = 0;
      for (std::size_t i = 0; i < y.size(); ++i, phase += tones[tone], swing += slow) {
        if (swing < slow) tone = 1 - tone;
        y[i] = swing < 0xA0000000u ? sine(phase) : 0;
      }
      break;
    }
    case timbre_kind::swelling_noise: {
      detail::band_pass band(f, 0.8, rate);
      for (std::size_t i = 0; i < y.size(); ++i) {
        const auto x = static_cast<float>(static_cast<double>(i) / whole);
        y[i] = band(noise()) * (0.2f + 0.8f * x * x);
      }
      break;
    }
    case timbre_kind::falling_squeal:
      for (std::size_t i = 0; i < y.size(); ++i, phase += step) {
        if (at_control(i)) step = detail::phase_step(f / 64 * (1.3 - 0.5 * static_cast<double>(i) / whole), rate);
        y[i] = sine(32 * phase) + sine(45 * phase) + sine(64 * phase);
      }
  }
  detail::fade_ends(y, rate);
  return y;
}

}  // namespace auris
