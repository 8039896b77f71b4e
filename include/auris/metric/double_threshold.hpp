#pragma once
#include <auris/core/result.hpp>
#include <auris/metric/frame_range.hpp>
#include <cmath>
#include <span>
#include <vector>

namespace auris {

struct double_threshold_options {
  float high = 0.2f;  ///< a run needs a frame with score > high
  float low = 0.1f;   ///< and spreads to both sides while score >= low
  idx smooth = 10;    ///< runs with a gap of at most so many frames are joined
  idx salt = 10;      ///< runs of at most so many frames are dropped (after joining)
};

/// Activity of one class by two thresholds: runs of frames with score >= `low` of which at least one is > `high`;
/// neighbours at most one frame apart are joined, then those at most `smooth` apart, then runs of at most `salt` frames
/// are dropped.
///
/// Shape   (frames) -> runs in order.
/// Errors  scores that are not finite, low > high, thresholds that are not finite, negative smooth or salt.
/// Source  Kong et al. 2020, "Sound event detection of weakly labelled data with CNN-Transformer and automatic
///         threshold optimization", and its code.
///
///     const std::vector<float> score{0, .15f, .3f, .15f, 0, 0};
///     const auto active = double_threshold(score, {.smooth = 1, .salt = 1}).value();     // [1, 4)
inline result<std::vector<frame_range>> double_threshold(std::span<const float> score,
                                                         const double_threshold_options& options = {}) {
  if (!std::isfinite(options.low) || !std::isfinite(options.high) || options.low > options.high)
    return error{"bad thresholds", "double threshold", "finite, low <= high",
                 message::of(options.low, ", ", options.high)};
  if (options.smooth < 0 || options.salt < 0)
    return error{"bad number of frames", "double threshold", "smooth and salt from 0",
                 message::of(options.smooth, ", ", options.salt)};
  for (std::size_t k = 0; k < score.size(); ++k)
    if (!std::isfinite(score[k]))
      return error{"bad score", message::of("double threshold, frame ", k), "a finite number", message::of(score[k])};

  const auto at = [&](idx k) { return score[static_cast<std::size_t>(k)]; };
  std::vector<frame_range> found = runs(static_cast<idx>(score.size()), [&](idx k) { return at(k) >= options.low; });
  std::erase_if(found, [&](const frame_range& r) {
    for (idx k = r.begin; k < r.end; ++k)
      if (at(k) > options.high) return false;
    return true;
  });
  for (idx gap : {idx(1), options.smooth}) {
    std::vector<frame_range> joined;
    for (const frame_range& r : found)
      if (!joined.empty() && r.begin - joined.back().end <= gap)
        joined.back().end = r.end;
      else
        joined.push_back(r);
    found = std::move(joined);
  }
  std::erase_if(found, [&](const frame_range& r) { return r.end - r.begin <= options.salt; });
  return found;
}

}  // namespace auris
