#pragma once
#include <algorithm>
#include <auris/data/frame_matrix.hpp>
#include <auris/io/problems.hpp>
#include <auris/io/table.hpp>
#include <auris/metric/frame_range.hpp>
#include <cmath>
#include <span>
#include <string>
#include <vector>

namespace auris {

/// How sure the annotators are that a class is heard from onset to offset, in seconds.
struct soft_label {
  double onset, offset;
  idx class_index;
  double value;  ///< 0 to 1

  bool operator==(const soft_label&) const = default;
};

/// The frames floor(onset / hop) .. ceil(offset / hop) - 1, within [0, frames).
///
/// A quotient nearer than 1e-6 to a whole number counts as that number, so that a hop that binary numbers cannot hold
/// moves nothing: onset 3 at hop 0.2 is frame 15, onset 0.6 is frame 3. Times that are no numbers touch no frame. On
/// whole seconds with hop 8820/44100 that is the same as plain double arithmetic.
///
/// Source  DCASE 2023 task 4B, the baseline's label matrix.
///
///     const frame_range r = frames_between(3, 4, 0.2, 1501);           // {15, 20}
inline frame_range frames_between(double onset, double offset, double hop, idx frames) {
  const auto settled = [](double q) {
    const double whole = std::nearbyint(q);
    return std::abs(q - whole) < 1e-6 ? whole : q;
  };
  const double end = static_cast<double>(frames);
  const double from = std::floor(settled(onset / hop)), to = std::ceil(settled(offset / hop));
  const double first = from > 0 ? std::min(from, end) : 0;  // NaN: 0
  const double last = to > first ? std::min(to, end) : first;
  return {static_cast<idx>(first), static_cast<idx>(last)};
}

/// The label matrix (frames, classes): zeros, and the value of every label in the rows of `frames_between`; of two
/// labels for one place the later counts. Rows past the last frame are ignored.
///
/// Errors  no class; a hop that is not above 0; more than 2^32 numbers; a label whose class does not exist, whose
///         value is not in [0, 1], or whose onset is below 0 or not before its offset.
/// Source  DCASE 2023 task 4B.
///
///     const std::vector<soft_label> lines{{2, 3, 1, 0.9}};
///     const frame_matrix y = soft_label_matrix(lines, 1501, 17, 0.2).value();          // y.row(10)[1] == 0.9f
inline result<frame_matrix> soft_label_matrix(std::span<const soft_label> labels, idx frames, idx classes, double hop) {
  constexpr const char* where = "soft_label_matrix";
  constexpr idx most = idx(1) << 32;
  if (frames < 0 || classes < 1 || frames > most / classes)
    return error{"bad size of the label matrix", where, "0 or more frames, 1 or more classes, at most 2^32 numbers",
                 message::of(frames, " frames, ", classes, " classes")};
  if (!(hop > 0) || !std::isfinite(hop)) return error{"bad hop", where, "more than 0 seconds", message::of(hop)};
  frame_matrix m(frames, classes);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const soft_label& l = labels[i];
    if (l.class_index < 0 || l.class_index >= classes)
      return error{"no such class", message::of(where, ", label ", i), message::of("0 to ", classes - 1),
                   message::of(l.class_index)};
    if (!(l.value >= 0 && l.value <= 1))
      return error{"bad value", message::of(where, ", label ", i), "0 to 1", message::of(l.value)};
    if (!(l.onset >= 0 && l.onset < l.offset && std::isfinite(l.offset)))
      return error{"bad time", message::of(where, ", label ", i), "0 <= onset < offset",
                   message::of(l.onset, " and ", l.offset)};
    const frame_range r = frames_between(l.onset, l.offset, hop, frames);
    for (idx t = r.begin; t < r.end; ++t)
      m.row(t)[static_cast<std::size_t>(l.class_index)] = static_cast<float>(l.value);
  }
  return m;
}

namespace detail {

/// Appends the labels of a file to `out` and what is wrong with it to `problems`.
inline void read_soft_labels(const std::filesystem::path& path, std::span<const std::string> classes,
                             std::vector<soft_label>& out, problem_list& problems) {
  const auto rows = read_table(path, '\t');
  if (!rows) return problems.add(rows.error().text().c_str());
  for (const table_row& row : *rows) {
    const auto& f = row.fields;
    if (f.size() != 4) {
      problems.add(path, row.line,
                   "expected onset, offset, label and value, got " + std::to_string(f.size()) +
                       (f.size() == 1 ? " field" : " fields"));
      continue;
    }
    const auto onset = parse_number(f[0], path, row.line), offset = parse_number(f[1], path, row.line),
               value = parse_number(f[3], path, row.line);
    const auto named = std::find(classes.begin(), classes.end(), f[2]);
    bool good = true;
    const auto bad = [&](const std::string& text) { good = false, problems.add(path, row.line, text); };
    if (!onset) bad("the onset " + in_quotes(f[0]) + " is no number");
    if (!offset) bad("the offset " + in_quotes(f[1]) + " is no number");
    if (!value) bad("the value " + in_quotes(f[3]) + " is no number");
    if (onset && offset && !(*onset >= 0 && *onset < *offset))
      bad("expected 0 <= onset < offset, got " + f[0] + " and " + f[1]);
    if (value && !(*value >= 0 && *value <= 1)) bad("expected a value from 0 to 1, got " + f[3]);
    if (named == classes.end()) bad("unknown label " + in_quotes(f[2]));
    if (good) out.push_back({*onset, *offset, named - classes.begin(), *value});
  }
}

/// The shortest decimal that reads back as the same number.
inline std::string decimal(double v) {
  char digits[400];
  const auto [end, problem] = std::to_chars(digits, digits + sizeof digits, v, std::chars_format::fixed);
  return problem == std::errc{} ? std::string(digits, end) : std::string("0");
}

}  // namespace detail

/// Reads a soft label file: no header, tab separated `onset<TAB>offset<TAB>label<TAB>value`, seconds and 0 to 1. An
/// empty file has no labels.
///
/// Errors  no such file; and, all listed with their lines: a line of other fields, no numbers, an onset below 0 or not
///         before the offset, a value outside of [0, 1], a label that is not one of the classes.
/// Source  MAESTRO Real.
///
///     const std::vector<std::string> classes{"birds_singing", "car"};
///     const auto labels = read_soft_labels("soft_labels_city_center_02.txt", classes);
inline result<std::vector<soft_label>> read_soft_labels(const std::filesystem::path& path,
                                                        std::span<const std::string> classes) {
  std::vector<soft_label> labels;
  detail::problem_list problems;
  detail::read_soft_labels(path, classes, labels, problems);
  if (!problems.empty()) return problems.error("bad soft labels", path);
  return labels;
}

/// Writes what `read_soft_labels` reads; the numbers read back exactly.
///
/// Errors  a label that `soft_label_matrix` refuses; the file cannot be written.
///
///     const std::vector<std::string> classes{"birds_singing", "car"};
///     const std::vector<soft_label> lines{{2, 3, 1, 0.9}};             // the line "2	3	car	0.9"
///     write_soft_labels("soft_labels_city_center_02.txt", lines, classes).value();
inline result<void> write_soft_labels(const std::filesystem::path& path, std::span<const soft_label> labels,
                                      std::span<const std::string> classes) {
  std::string text;
  for (const soft_label& l : labels) {
    if (l.class_index < 0 || static_cast<std::size_t>(l.class_index) >= classes.size())
      return error{"no such class", path.c_str(), message::of("0 to ", static_cast<idx>(classes.size()) - 1),
                   message::of(l.class_index)};
    if (!(l.onset >= 0 && l.onset < l.offset && std::isfinite(l.offset) && l.value >= 0 && l.value <= 1))
      return error{"bad soft label", path.c_str(), "0 <= onset < offset, a value from 0 to 1",
                   message::of(l.onset, ", ", l.offset, ", ", l.value)};
    text += detail::decimal(l.onset) + '\t' + detail::decimal(l.offset) + '\t' +
            classes[static_cast<std::size_t>(l.class_index)] + '\t' + detail::decimal(l.value) + '\n';
  }
  return write_file(path, text);
}

}  // namespace auris
