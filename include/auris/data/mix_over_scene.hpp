#pragma once
#include <algorithm>
#include <auris/core/result.hpp>
#include <auris/data/signal.hpp>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

namespace auris {

/// A recording and when it begins in the clip.
struct placed_recording {
  std::span<const float> samples;
  double onset;                                              ///< seconds
  double longest = std::numeric_limits<double>::infinity();  ///< seconds of it that are used at most
};

struct scene_mix_options {
  int rate = 32000;          ///< samples per second, of all sounds
  double seconds = 10;       ///< of the clip
  double longest_event = 2;  ///< seconds; recordings are cut off there
  double snr = 0;            ///< dB: level of a recording over level of the scene
};

/// Events and scene of a clip apart from each other; the mixture is the mean of both.
struct scene_mix {
  std::vector<float> events, scene;
  std::vector<double> offsets;  ///< seconds, of each recording: its onset and what is used of it

  /// Both in turn, sample by sample, as files of two channels have them.
  std::vector<float> interleaved() const {
    std::vector<float> both(2 * events.size());
    for (std::size_t i = 0; i < events.size(); ++i) both[2 * i] = events[i], both[2 * i + 1] = scene[i];
    return both;
  }
};

/// Lays recordings over a scene at one signal-to-noise ratio, as data for weak labels are made.
///
///     scene / rms(scene)    recording 10^(snr / 20) / rms(recording)    both / max(|events|, |scene|)
///
/// Levels (root mean squares) are those of the whole sounds, also where the clip takes their beginning only. A scene that
/// is shorter than the clip is repeated. A silent scene stays silent.
///
/// Shape   (samples of the clip) twice. A recording fills the samples trunc(onset rate) to trunc(offset rate), the last
///         one left out, with offset = onset + min(its length, its longest, longest_event); where two overlap the later one counts.
/// Errors  no scene; options out of range; a recording that is silent or not finite, or that ends behind the clip; a scene
///         that is not finite.
/// Source  Kong et al. 2019, sed_time_freq_segmentation; Deshmukh et al. 2020
///
///     const std::vector<float> scene(8000, 0.5f), bell(800, 0.1f);
///     const std::vector<placed_recording> bells{{bell, 0.5}};
///     const auto mix = mix_over_scene(scene, bells, {.rate = 8000, .seconds = 1, .snr = 20}).value();
///     const float bell_alone = mix.events[4000];                       // 1; mix.scene[4000] is 0.1
inline result<scene_mix> mix_over_scene(std::span<const float> scene, std::span<const placed_recording> recordings,
                                        const scene_mix_options& o = {}) {
  constexpr const char* where = "mix_over_scene";
  constexpr double most = 1e9;  // samples
  const double rate = o.rate;
  if (o.rate < 1 || !(o.seconds > 0 && o.seconds * rate < most))
    return error{"bad option", where, "a rate of 1 or more, seconds above 0, fewer than 1e9 samples",
                 message::of(o.rate, " and ", o.seconds)};
  if (!(o.longest_event > 0)) return error{"bad option", where, "events above 0 s", message::of(o.longest_event)};
  if (!(std::abs(o.snr) <= 200)) return error{"bad option", where, "-200 to 200 dB", message::of(o.snr)};
  if (scene.empty()) return error{"the scene has no samples", where};
  const auto level = [](std::span<const float> x) {
    return std::sqrt(detail::energy(x) / static_cast<double>(x.size()));
  };
  const double scene_level = level(scene);
  if (!std::isfinite(scene_level)) return error{"the scene is not finite", where};

  const auto samples = static_cast<std::size_t>(o.seconds * rate);
  scene_mix mix{std::vector<float>(samples), std::vector<float>(samples), {}};
  const auto scene_gain = static_cast<float>(scene_level > 0 ? 1 / scene_level : 0);
  for (std::size_t i = 0; i < samples; ++i) mix.scene[i] = scene_gain * scene[i % scene.size()];
  for (std::size_t k = 0; k < recordings.size(); ++k) {
    const placed_recording& r = recordings[k];
    const double own_level = r.samples.empty() ? 0 : level(r.samples);
    if (!(own_level > 0 && std::isfinite(own_level)))
      return error{"a recording without sound", message::of(where, ", recording ", k)};
    if (!(r.longest > 0))
      return error{"bad length", message::of(where, ", recording ", k), "above 0 s", message::of(r.longest)};
    const double offset =
        r.onset + std::min({static_cast<double>(r.samples.size()) / rate, r.longest, o.longest_event});
    if (!(r.onset >= 0 && offset * rate < static_cast<double>(samples) + 1))
      return error{"a recording outside of the clip", message::of(where, ", recording ", k),
                   message::of("0 to ", o.seconds, " s"), message::of(r.onset, " to ", offset, " s")};
    const auto gain = static_cast<float>(std::pow(10, o.snr / 20) / own_level);
    const auto first = static_cast<std::size_t>(r.onset * rate), last = static_cast<std::size_t>(offset * rate);
    const std::size_t count = std::min({last - first, r.samples.size(), samples - std::min(first, samples)});
    for (std::size_t i = 0; i < count; ++i) mix.events[first + i] = gain * r.samples[i];
    mix.offsets.push_back(offset);
  }
  float peak = 0;
  for (const auto* x : {&mix.events, &mix.scene})
    for (float v : *x) peak = std::max(peak, std::abs(v));
  if (peak > 0)
    for (auto* x : {&mix.events, &mix.scene})
      for (float& v : *x) v /= peak;
  return mix;
}

}  // namespace auris
