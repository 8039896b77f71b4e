#pragma once
#include <algorithm>
#include <auris/metric/event.hpp>
#include <limits>
#include <vector>

namespace auris {

/// What `process_events` drops and joins. NaN switches a step off.
struct process_options {
  double min_length = std::numeric_limits<double>::quiet_NaN();  ///< seconds
  double min_gap = std::numeric_limits<double>::quiet_NaN();     ///< seconds
};

/// Cleans the events of one file, per class in order of onset: (1) events shorter than `min_length` go, (2) events join
/// while next.onset - current.offset <= `min_gap`; the offset becomes that of the next one. The result is in order of
/// onset. Apply it twice for the other order, gaps first.
///
/// Memory  a copy of the events.
/// Errors  a bad event; an infinite or negative length or gap.
/// Source  dcase_util, `MetaDataContainer.process_events`.
///
///     const std::vector<event> found{{0, 1, "dog"}, {1.05, 2, "dog"}, {3, 3.05, "dog"}};
///     const auto kept = process_events(found, {.min_length = 0.1, .min_gap = 0.1}).value();     // one event, 0 to 2 s
inline result<std::vector<event>> process_events(std::span<const event> events, const process_options& options) {
  for (double limit : {options.min_length, options.min_gap})
    if (limit < 0 || std::isinf(limit))
      return error{"bad limit", "process events", "a number of seconds from 0", message::of(limit)};
  if (auto good = check_events(events, "processed"); !good) return good.error();

  std::vector<event> sorted(events.begin(), events.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const event& a, const event& b) {
    return a.label != b.label ? a.label < b.label : a.onset < b.onset;
  });
  std::vector<event> kept;
  for (event& e : sorted) {
    if (e.offset - e.onset < options.min_length) continue;  // false for NaN
    if (!kept.empty() && kept.back().label == e.label && e.onset - kept.back().offset <= options.min_gap)
      kept.back().offset = e.offset;
    else
      kept.push_back(std::move(e));
  }
  std::sort(kept.begin(), kept.end());
  return kept;
}

}  // namespace auris
