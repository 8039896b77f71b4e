#pragma once
#include <algorithm>
#include <auris/metric/double_threshold.hpp>
#include <auris/metric/median_filter.hpp>
#include <auris/metric/process_events.hpp>
#include <limits>
#include <vector>

namespace auris {

struct event_options {
  std::vector<float> threshold{0.5f};    ///< one for all classes, or one each
  bool inclusive = false;                ///< a frame is active where score >= threshold; else where score > threshold
  idx median = 1;                        ///< frames of the median filter over the scores, odd; 1: none
  border median_border = border::zeros;  ///< what the filter sees outside
  process_options process = {};          ///< events to drop and gaps to close
  double hop = 0.02;                     ///< seconds per frame
  /// Seconds of the file: the frames of a centred front-end reach beyond its end, events do not.
  double duration = std::numeric_limits<double>::infinity();
};

namespace detail {
inline result<void> check_scores(std::span<const float> scores, idx frames, std::span<const std::string> classes,
                                 double hop) {
  if (auto good = check_classes(classes); !good) return good;
  const idx size = static_cast<idx>(scores.size()), columns = static_cast<idx>(classes.size());
  if (frames < 0 || (columns ? size % columns != 0 || size / columns != frames : size != 0))
    return error{"scores do not fit the classes", "events from scores",
                 message::of(frames, " frames of ", columns, " classes"), message::of(size, " scores")};
  if (!(hop > 0) || !std::isfinite(hop * static_cast<double>(frames)))
    return error{"bad hop", "events from scores", "a positive number of seconds", message::of(hop)};
  for (idx i = 0; i < size; ++i)
    if (!std::isfinite(scores[static_cast<std::size_t>(i)]))
      return error{"bad score",
                   message::of("frame ", i / columns, ", ", classes[static_cast<std::size_t>(i % columns)]),
                   "a finite number", message::of(scores[static_cast<std::size_t>(i)])};
  return {};
}

inline void append_runs(std::vector<event>& events, const std::vector<frame_range>& active, double hop,
                        const std::string& label, double duration = std::numeric_limits<double>::infinity()) {
  for (const frame_range& r : active) {
    const double onset = static_cast<double>(r.begin) * hop, offset = static_cast<double>(r.end) * hop;
    if (onset < duration) events.push_back({onset, std::min(offset, duration), label});
  }
}
}  // namespace detail

/// The events of one file from frame scores: median filter, threshold, runs [a, b) of active frames to events from a
/// hop to b hop that end with the file, then `process_events`. In order of onset.
///
/// Shape   scores (frames, classes), row-major -> events.
/// Memory  the filtered scores and the events.
/// Errors  scores that are not finite or do not fit; class names that are not distinct; thresholds that are NaN or not
///         one or one per class; a bad hop, duration, filter length, gap or length.
///
///     const std::vector<std::string> classes{"dog", "cat"};
///     const std::vector<float> scores{.9f, .1f, .8f, .7f, .2f, .6f};                             // 3 frames
///     const auto events = events_from_scores(scores, 3, classes, {.hop = 1.0}).value();          // dog 0-2, cat 1-3
inline result<std::vector<event>> events_from_scores(std::span<const float> scores, idx frames,
                                                     std::span<const std::string> classes,
                                                     const event_options& options = {}) {
  if (auto good = detail::check_scores(scores, frames, classes, options.hop); !good) return good.error();
  const std::vector<float>& threshold = options.threshold;
  if (threshold.size() != 1 && threshold.size() != classes.size())
    return error{"bad thresholds", "events from scores", message::of("1 or ", classes.size()),
                 message::of(threshold.size())};
  for (float t : threshold)
    if (std::isnan(t)) return error{"bad threshold", "events from scores", "a number", "NaN"};
  if (!(options.duration >= 0))
    return error{"bad duration", "events from scores", "seconds, at least 0", message::of(options.duration)};
  const idx columns = static_cast<idx>(classes.size());
  const auto smooth = median_filter(scores, frames, columns, options.median, options.median_border);
  if (!smooth) return smooth.error();

  std::vector<event> events;
  for (std::size_t c = 0; c < classes.size(); ++c) {
    const float limit = threshold[threshold.size() == 1 ? 0 : c];
    const auto active = [&](idx k) {
      const float score = (*smooth)[static_cast<std::size_t>(k) * classes.size() + c];
      return options.inclusive ? score >= limit : score > limit;
    };
    detail::append_runs(events, runs(frames, active), options.hop, classes[c], options.duration);
  }
  return process_events(events, options.process);
}

/// The same with `double_threshold` per class instead of filter, threshold and processing.
inline result<std::vector<event>> events_from_scores(std::span<const float> scores, idx frames,
                                                     std::span<const std::string> classes,
                                                     const double_threshold_options& options, double hop) {
  if (auto good = detail::check_scores(scores, frames, classes, hop); !good) return good.error();
  std::vector<event> events;
  std::vector<float> column(static_cast<std::size_t>(classes.empty() ? 0 : frames));
  for (std::size_t c = 0; c < classes.size(); ++c) {
    for (std::size_t k = 0; k < column.size(); ++k) column[k] = scores[k * classes.size() + c];
    const auto active = double_threshold(column, options);
    if (!active) return active.error();
    detail::append_runs(events, *active, hop, classes[c]);
  }
  std::sort(events.begin(), events.end());
  return events;
}

}  // namespace auris
