#pragma once
#include <auris/core/result.hpp>
#include <auris/core/shape.hpp>
#include <cmath>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace auris {

/// A sound event: from `onset` to `offset` (seconds in its file) something of class `label` is heard.
/// Events are ordered by onset, then offset, then label.
///
///     const event bark{1.5, 2.25, "dog"};
///     const double length = bark.offset - bark.onset;                  // 0.75 s
struct event {
  double onset = 0, offset = 0;
  std::string label;

  bool operator==(const event&) const = default;
  bool operator<(const event& o) const { return std::tie(onset, offset, label) < std::tie(o.onset, o.offset, o.label); }
};

/// The events of one class, in their order.
///
///     const std::vector<event> all{{0, 1, "dog"}, {0.5, 2, "cat"}, {3, 4, "dog"}};
///     const std::vector<event> dogs = events_of(all, "dog");           // the first and the third
inline std::vector<event> events_of(std::span<const event> events, const std::string& label) {
  std::vector<event> found;
  for (const event& e : events)
    if (e.label == label) found.push_back(e);
  return found;
}

/// Where a label stands in a list of classes; -1 where it does not.
///
///     const std::vector<std::string> classes{"dog", "cat"};
///     const idx cat = class_index(classes, "cat");                     // 1
inline idx class_index(std::span<const std::string> classes, const std::string& label) {
  for (std::size_t i = 0; i < classes.size(); ++i)
    if (classes[i] == label) return static_cast<idx>(i);
  return -1;
}

/// Whether onsets and offsets are finite, not negative and in order (an event of length zero is allowed).
///
/// Errors  the first event that is not; `list` is its name in the message.
///
///     const std::vector<event> backwards{{2, 1, "dog"}};
///     const bool good = bool(check_events(backwards, "reference"));    // false
inline result<void> check_events(std::span<const event> events, const char* list) {
  for (std::size_t i = 0; i < events.size(); ++i) {
    const event& e = events[i];
    if (!std::isfinite(e.onset) || !std::isfinite(e.offset) || e.onset < 0 || e.offset < e.onset)
      return error{"bad event", message::of(list, " event ", i, " (", e.label, ")"),
                   "0 <= onset <= offset, both finite", message::of(e.onset, " to ", e.offset)};
  }
  return {};
}

/// The same, and that every label is one of the classes.
inline result<void> check_events(std::span<const event> events, std::span<const std::string> classes,
                                 const char* list) {
  for (std::size_t i = 0; i < events.size(); ++i)
    if (class_index(classes, events[i].label) < 0)
      return error{"unknown class", message::of(list, " event ", i), message::of("one of ", classes.size(), " classes"),
                   message::of("'", events[i].label, "'")};
  return check_events(events, list);
}

/// Whether the names of a list of classes differ.
///
///     const std::vector<std::string> twice{"dog", "dog"};
///     const bool good = bool(check_classes(twice));                    // false
inline result<void> check_classes(std::span<const std::string> classes) {
  for (std::size_t i = 0; i < classes.size(); ++i)
    if (class_index(classes, classes[i]) != static_cast<idx>(i))
      return error{"class named twice", "list of classes", "distinct names", message::of("'", classes[i], "'")};
  return {};
}

}  // namespace auris
