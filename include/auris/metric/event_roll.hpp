#pragma once
#include <auris/metric/event.hpp>
#include <vector>

namespace auris {

/// Events on a grid of segments: a boolean matrix (segments, classes). With resolution r, an event fills the rows
///
///     floor(onset/r) .. ceil(offset/r) - 1
///
/// so that every segment that it touches is active.
///
/// Shape   ceil(max offset/r) rows, or the given number: later rows are cut, missing ones are inactive.
/// Memory  one byte per cell.
/// Errors  a bad event or label (see `check_events`); a resolution that is not positive; more than 2^28 cells.
/// Source  sed_eval 0.2.1, `event_list_to_event_roll`.
///
///     const std::vector<std::string> classes{"dog", "cat"};
///     const std::vector<event> events{{0.5, 2, "dog"}, {3, 3.1, "cat"}};
///     const event_roll roll = event_roll::create(events, classes, 1.0).value();
///     const bool cat = roll(3, 1);                                     // true; roll.rows is 4
struct event_roll {
  idx rows, classes;
  std::vector<unsigned char> active;  ///< (rows, classes), 0 or 1

  static constexpr idx most_cells = idx(1) << 28;

  bool operator()(idx row, idx c) const { return active[static_cast<std::size_t>(row * classes + c)] != 0; }

  /// The number of rows that a length in seconds takes: ceil(length/r).
  static result<idx> rows_of(double length, double resolution, idx classes) {
    if (!(resolution > 0) || !std::isfinite(resolution))
      return error{"bad resolution", "event roll", "a positive number of seconds", message::of(resolution)};
    if (!(length >= 0)) return error{"bad length", "event roll", "a number of seconds from 0", message::of(length)};
    const double rows = std::ceil(length / resolution);
    const idx most = most_cells / (classes < 1 ? 1 : classes);
    if (!(rows <= static_cast<double>(most)))
      return error{"event roll too long", message::of(length, " s in segments of ", resolution, " s"),
                   message::of("at most ", most, " segments"), message::of(rows)};
    return static_cast<idx>(rows);
  }

  static result<event_roll> create(std::span<const event> events, std::span<const std::string> classes,
                                   double resolution) {
    if (auto good = check_events(events, "roll's"); !good) return good.error();
    double end = 0;
    for (const event& e : events) end = e.offset > end ? e.offset : end;
    auto rows = rows_of(end, resolution, static_cast<idx>(classes.size()));
    if (!rows) return rows.error();
    return create(events, classes, resolution, *rows);
  }

  static result<event_roll> create(std::span<const event> events, std::span<const std::string> classes,
                                   double resolution, idx rows) {
    const idx columns = static_cast<idx>(classes.size());
    if (auto good = rows_of(0, resolution, columns); !good) return good.error();
    if (auto good = check_events(events, classes, "roll's"); !good) return good.error();
    if (rows < 0 || rows > most_cells / (columns < 1 ? 1 : columns))
      return error{"bad number of segments", "event roll", message::of("0 to 2^28 cells in ", columns, " classes"),
                   message::of(rows)};
    event_roll roll{rows, columns, std::vector<unsigned char>(static_cast<std::size_t>(rows * columns))};
    for (const event& e : events) {
      const double end = static_cast<double>(rows);
      const double first = std::floor(e.onset / resolution), last = std::ceil(e.offset / resolution);
      const idx c = class_index(classes, e.label);
      const idx stop = static_cast<idx>(last < end ? last : end);
      for (idx row = static_cast<idx>(first < end ? first : end); row < stop; ++row)
        roll.active[static_cast<std::size_t>(row * columns + c)] = 1;
    }
    return roll;
  }
};

}  // namespace auris
