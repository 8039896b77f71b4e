#pragma once
#include <auris/data/signal.hpp>
#include <vector>

namespace auris {

/// What a synthetic scene sounds like without events: noise that falls off above a corner, white noise under it, and a
/// hum, all breathing slowly.
struct background_timbre {
  double corner;  ///< Hz
  double white;   ///< share of the white noise
  double hum;     ///< Hz
  double level;   ///< of the hum
};

/// The background of a scene, distinct for any number of scenes.
///
///     const background_timbre cafe = scene_background(0);
inline background_timbre scene_background(idx scene) {
  const auto n = static_cast<std::uint64_t>(scene);
  return {100 * std::pow(30, detail::spread(n, 2)), 0.02 + 0.2 * detail::spread(n + 1, 3),
          50 + 150 * detail::spread(n, 5), 0.3 * detail::spread(n + 1, 2)};
}

/// A stretch of a background; `seed` varies it from clip to clip. Not scaled.
///
///     const std::vector<float> minute = render_background(scene_background(0), 60 * 44100, 44100, 1);
inline std::vector<float> render_background(const background_timbre& b, idx samples, int rate, std::uint64_t seed) {
  std::vector<float> y(static_cast<std::size_t>(std::max<idx>(samples, 0)));
  random_sequence random(seed);
  detail::white_noise noise(seed);
  const double w = 2 * std::numbers::pi * b.corner / rate;
  const auto keep = static_cast<float>(std::exp(-w));
  // noise through the low-pass is quieter by sqrt((1 - keep)/(1 + keep)): bring it back to the level of white noise
  const float in = std::sqrt((1 - keep) * (1 + keep));
  const auto white = static_cast<float>(b.white), level = static_cast<float>(b.level);
  const auto hum = detail::phase_step(b.hum * (0.98 + 0.04 * random.uniform()), rate),
             breath = detail::phase_step(0.1 + 0.2 * random.uniform(), rate);
  std::uint32_t hum_phase = 0, breath_phase = static_cast<std::uint32_t>(random.below(idx(1) << 32));
  float low = 0;
  for (float& v : y) {
    const float x = noise();
    low = keep * low + in * x;
    v = (low + white * x + level * (detail::sine(hum_phase) + 0.5f * detail::sine(3 * hum_phase))) *
        (1 + 0.2f * detail::sine(breath_phase));
    hum_phase += hum, breath_phase += breath;
  }
  return y;
}

}  // namespace auris
