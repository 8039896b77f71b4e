#pragma once
#include <algorithm>
#include <auris/io/table.hpp>
#include <auris/metric/event.hpp>
#include <charconv>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace auris {

/// The events of one file, in the order of the annotation.
struct annotated_file {
  std::string name;           ///< as it is written; empty where the annotation names no files
  std::vector<event> events;  ///< none: the file is listed without events

  bool operator==(const annotated_file&) const = default;
};

/// What scores and annotations of one recording have in common: the file name without its last extension.
///
///     const std::string id = clip_id("street/a.b.wav");                // "street/a.b"
inline std::string clip_id(std::string_view name) {
  const auto folder = name.find_last_of("/\\");
  const auto first = folder == name.npos ? 0 : folder + 1;
  const auto dot = name.rfind('.');
  return std::string(dot == name.npos || dot <= first ? name : name.substr(0, dot));
}

namespace detail {

/// Where an annotation has its fields; -1: nowhere.
struct annotation_columns {
  idx file, onset, offset, label;
};

inline char annotation_delimiter(std::string_view content) {
  if (content.find('\t') != content.npos) return '\t';
  const auto first = content.find_first_of(",;");
  return first == content.npos ? '\t' : content[first];
}

/// The columns that the names of a header give.
inline annotation_columns header_columns(const std::vector<std::string>& fields) {
  const auto column = [&](std::initializer_list<std::string_view> names) {
    const auto found = std::find_first_of(fields.begin(), fields.end(), names.begin(), names.end());
    return found == fields.end() ? idx(-1) : static_cast<idx>(found - fields.begin());
  };
  return {column({"filename", "file", "file_name"}), column({"onset", "event_onset"}),
          column({"offset", "event_offset"}), column({"event_label", "label"})};
}

/// The columns of a row without header: `onset offset [label]`, `file onset offset label`, `file scene onset offset
/// label`, `file`.
inline result<annotation_columns> row_columns(const table_row& row, const std::filesystem::path& path) {
  // A row in other delimiters than the rest must not pass as a file's name.
  const std::string start = row.fields[0].substr(0, row.fields[0].find_first_of(" ,;\t"));
  const bool starts_with_number = bool(parse_number(start, path, row.line));
  switch (row.fields.size()) {
    case 1:
      if (!starts_with_number) return annotation_columns{0, -1, -1, -1};
      break;
    case 2:
      return annotation_columns{-1, 0, 1, -1};
    case 3:
      return annotation_columns{-1, 0, 1, 2};
    case 4:
      return annotation_columns{0, 1, 2, 3};
    case 5:
      return annotation_columns{0, 2, 3, 4};
  }
  return error{"bad annotation row", message::of(path, ", line ", row.line),
               "onset offset [label], file onset offset label, file scene onset offset label, or file",
               message::of(row.fields.size(), " fields, the first '", row.fields[0].substr(0, 60), "'")};
}

}  // namespace detail

/// The events of an annotation text, per file in the order in which the files first occur. Fields are separated by
/// tabs if the text has any, else by comma or semicolon, whichever comes first. With a header (that names `onset`) the
/// columns `filename`, `onset`, `offset`, `event_label` may stand in any order beside others; without, a row is
///
///     onset offset [label]
///     file onset offset label
///     file scene onset offset label
///     file                              (a file without events)
///
/// A row with a file and an empty label lists the file without an event. Rows without a file go to one without name.
///
/// Memory  the events.
/// Errors  name file (`path`, for messages only) and line: a field that is no number, onset and offset that are
///         negative or in the wrong order, a row or header of another form.
/// Source  formats of dcase_util, sed_eval and DESED.
///
///     const auto files = parse_annotation("a.wav\t0\t1.5\tdog\nb.wav\n", "reference.tsv").value();
///     const double offset = files[0].events[0].offset;                 // 1.5; files[1] has no events
inline result<std::vector<annotated_file>> parse_annotation(std::string_view content,
                                                            const std::filesystem::path& path) {
  const std::vector<table_row> rows = parse_table(content, detail::annotation_delimiter(content));
  std::vector<annotated_file> files;
  std::unordered_map<std::string, std::size_t> place;
  const auto events_of_file = [&](const std::string& name) -> std::vector<event>& {
    const auto [at, fresh] = place.try_emplace(name, files.size());
    if (fresh) files.push_back({name, {}});
    return files[at->second].events;
  };

  detail::annotation_columns header{-1, -1, -1, -1};
  std::size_t first = 0;
  if (!rows.empty()) {
    header = detail::header_columns(rows[0].fields);
    const bool names_only = rows[0].fields.size() == 1 && header.file == 0;
    if (header.onset >= 0 || header.offset >= 0 || names_only) first = 1;
    if (first == 1 && !names_only && (header.onset < 0 || header.offset < 0))
      return error{"bad annotation header", message::of(path, ", line ", rows[0].line), "both onset and offset",
                   header.onset < 0 ? "no onset" : "no offset"};
    if (names_only) header = {-1, -1, -1, -1};
  }
  const bool with_header = header.onset >= 0;
  for (std::size_t r = first; r < rows.size(); ++r) {
    const table_row& row = rows[r];
    detail::annotation_columns columns = header;
    const bool file_alone = with_header && row.fields.size() == 1 && header.file == 0;
    if (!with_header || file_alone) {
      const auto found = detail::row_columns(row, path);
      if (!found) return found.error();
      columns = *found;
    } else if (const idx last = std::max({columns.file, columns.onset, columns.offset, columns.label});
               static_cast<idx>(row.fields.size()) <= last) {
      return error{"annotation row too short", message::of(path, ", line ", row.line),
                   message::of("at least ", last + 1, " fields"), message::of(row.fields.size())};
    }
    const auto field = [&](idx column) {
      return column < 0 ? std::string() : row.fields[static_cast<std::size_t>(column)];
    };
    std::vector<event>& events = events_of_file(field(columns.file));
    const bool nothing_here =
        columns.onset < 0 || (columns.file >= 0 && columns.label >= 0 && field(columns.label).empty());
    if (nothing_here) continue;
    const auto onset = parse_number(field(columns.onset), path, row.line);
    if (!onset) return onset.error();
    const auto offset = parse_number(field(columns.offset), path, row.line);
    if (!offset) return offset.error();
    if (*onset < 0 || *offset < *onset)
      return error{"bad event", message::of(path, ", line ", row.line), "0 <= onset <= offset",
                   message::of(*onset, " to ", *offset)};
    events.push_back({*onset, *offset, field(columns.label)});
  }
  return files;
}

/// The events of an annotation file: see `parse_annotation`.
///
/// Errors  also where the file cannot be read.
///
///     const auto reference = read_annotation("metadata/validation.tsv");     // or an error that names the line
inline result<std::vector<annotated_file>> read_annotation(const std::filesystem::path& path) {
  const auto content = read_file(path);
  if (!content) return content.error();
  return parse_annotation(*content, path);
}

struct annotation_format {
  int decimals = 3;               ///< of the times, 0 to 17
  bool list_empty_files = false;  ///< a row of name and empty fields for a file without events: for ground truth
};

/// An annotation as text: header `filename onset offset event_label`, tabs between, one row per event. A
/// file without events leaves no row unless asked for: readers of detections expect events alone.
///
/// Errors  an event that is none (see `check_events`); a label that is empty; a name or label that the format cannot
///         hold, with a tab, a line break or blanks around; a name that is empty; bad decimals.
/// Source  format of DESED and of the DCASE detection outputs.
///
///     const std::vector<annotated_file> found{{"a.wav", {{0, 1.5, "dog"}}}};
///     const std::string text = format_annotation(found).value();       // ... "a.wav\t0.000\t1.500\tdog\n"
inline result<std::string> format_annotation(std::span<const annotated_file> files,
                                             const annotation_format& format = {}) {
  if (format.decimals < 0 || format.decimals > 17)
    return error{"bad number of decimals", "annotation", "0 to 17", message::of(format.decimals)};
  const auto fits = [](const std::string& s) {
    const auto blank = [](char c) { return c == ' ' || c == '\r'; };
    return !s.empty() && s.find_first_of(std::string_view("\t\n\0", 3)) == s.npos && !blank(s.front()) &&
           !blank(s.back());
  };
  std::string text = "filename\tonset\toffset\tevent_label\n";
  const auto append_time = [&](double seconds) {
    char digits[400];
    const auto end = std::to_chars(digits, digits + sizeof digits, seconds, std::chars_format::fixed, format.decimals);
    text.append(digits, end.ptr) += '\t';
  };
  for (const annotated_file& file : files) {
    if (!fits(file.name))
      return error{"bad file name", "annotation", "a name without tabs, line breaks and blanks around",
                   message::of("'", file.name, "'")};
    if (auto good = check_events(file.events, file.name.c_str()); !good) return good.error();
    for (const event& e : file.events) {
      if (!fits(e.label))
        return error{"bad label", file.name.c_str(), "a label without tabs, line breaks and blanks around",
                     message::of("'", e.label, "'")};
      text.append(file.name) += '\t';
      append_time(e.onset);
      append_time(e.offset);
      text.append(e.label) += '\n';
    }
    if (file.events.empty() && format.list_empty_files) text.append(file.name) += "\t\t\t\n";
  }
  return text;
}

/// Writes an annotation file: see `format_annotation`. The file appears whole or not at all.
///
///     const std::vector<annotated_file> found{{"a.wav", {{0, 1.5, "dog"}}}};
///     const auto written = write_annotation("outputs.tsv", found);
inline result<void> write_annotation(const std::filesystem::path& path, std::span<const annotated_file> files,
                                     const annotation_format& format = {}) {
  const auto text = format_annotation(files, format);
  if (!text) return text.error();
  return write_file(path, *text);
}

}  // namespace auris
