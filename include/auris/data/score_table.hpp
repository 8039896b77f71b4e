#pragma once
#include <algorithm>
#include <auris/core/shape.hpp>
#include <auris/io/file.hpp>
#include <auris/io/line_reader.hpp>
#include <auris/io/problems.hpp>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace auris {

/// The scores of one recording: frame k lasts from times[k] to times[k + 1].
struct score_table {
  std::vector<std::string> classes;
  std::vector<double> times;   ///< seconds; one more than frames, or none
  std::vector<double> scores;  ///< (frames, classes), row-major

  idx frames() const { return times.empty() ? 0 : static_cast<idx>(times.size()) - 1; }
  bool operator==(const score_table&) const = default;
};

/// A score table from text: header `onset<TAB>offset<TAB>class<TAB>class...`, one row per frame, whose offset is the onset
/// of the next row (to 1e-6 s). Numbers are read as doubles, exactly.
///
/// Memory  the table; nothing else is copied.
/// Errors  name file (`path`, for messages only) and line: no header, classes that are unnamed or named twice, a row of
///         another number of fields, a field that is no finite number, times that do not go up or have gaps.
/// Source  sed_scores_eval.
///
///     const score_table t = parse_scores("onset\toffset\tdog\n0\t0.5\t0.9\n0.5\t1\t0.1\n", "a.tsv").value();
///     const double last = t.scores[1];                                 // 0.1; t.times is 0, 0.5, 1
inline result<score_table> parse_scores(std::string_view content, const std::filesystem::path& path) {
  detail::line_reader reader(content);
  const auto problem = [&](const char* what, const message& expected, const message& got) {
    return error{what, message::of(path, ", line ", reader.number()), expected, got};
  };
  const auto quoted = [](std::string_view s) { return message::of(detail::in_quotes(s)); };
  score_table table;
  if (!reader.next_line()) return error{"empty score table", message::of(path), "a header: onset, offset, classes"};
  for (const char* name : {"onset", "offset"})
    if (const auto field = reader.field('\t'); field != name)
      return problem("bad header of a score table", "onset, offset, classes between tabs", quoted(field));
  while (!reader.at_end()) {
    const std::string name(reader.field('\t'));
    if (name.empty() || std::find(table.classes.begin(), table.classes.end(), name) != table.classes.end())
      return problem("bad header of a score table", "a name for each class, no two alike", quoted(name));
    table.classes.push_back(name);
  }
  const std::size_t classes = table.classes.size();
  const std::size_t rows = static_cast<std::size_t>(std::count(content.begin(), content.end(), '\n'));
  table.times.reserve(rows + 2), table.scores.reserve((rows + 1) * classes);
  while (reader.next_line()) {
    const std::size_t fields = 2 + classes;
    double value = 0;
    for (std::size_t i = 0; i < fields; ++i) {
      if (reader.at_end()) return problem("score row too short", message::of(fields, " fields"), message::of(i));
      if (!reader.number_field('\t', value))
        return problem("not a number", "a finite number", quoted(reader.field('\t')));
      if (i > 1) {
        table.scores.push_back(value);
      } else if (i == 1) {
        if (!(value > table.times.back()))
          return problem("bad frame", "onset < offset", message::of(table.times.back(), " to ", value));
        table.times.push_back(value);
      } else if (table.times.empty()) {
        if (value < 0) return problem("bad frame", "an onset from 0", message::of(value));
        table.times.push_back(value);
      } else if (std::abs(value - table.times.back()) <= 1e-6) {
        table.times.back() = value;
      } else {
        return problem("frames do not join", message::of("the offset of the row before, ", table.times.back()),
                       message::of("the onset ", value));
      }
    }
    if (!reader.at_end()) return problem("score row too long", message::of(fields, " fields"), "more");
  }
  return table;
}

/// The score table of a file: see `parse_scores`.
///
/// Errors  also where the file cannot be read.
///
///     const auto table = read_scores("scores/a.tsv");                  // or an error that names the line
inline result<score_table> read_scores(const std::filesystem::path& path) {
  const auto content = read_file(path);
  if (!content) return content.error();
  return parse_scores(*content, path);
}

/// A score table as text, every number in the shortest form that reads back the same.
///
/// Errors  tables that `parse_scores` would not read; names that the format cannot hold.
///
///     const score_table t{{"dog"}, {0, 0.5}, {0.9}};
///     const std::string text = format_scores(t).value();               // "onset\toffset\tdog\n0\t0.5\t0.9\n"
inline result<std::string> format_scores(const score_table& table) {
  const std::size_t frames = static_cast<std::size_t>(table.frames()), classes = table.classes.size();
  if (table.scores.size() != frames * classes)
    return error{"scores do not fit", "score table", message::of(frames, " x ", classes),
                 message::of(table.scores.size())};
  for (std::size_t c = 0; c < classes; ++c) {
    const std::string& name = table.classes[c];
    if (name.empty() || name.find_first_of("\t\r\n") != name.npos || name.front() == ' ' || name.back() == ' ' ||
        std::find(table.classes.begin(), table.classes.end(), name) - table.classes.begin() !=
            static_cast<std::ptrdiff_t>(c))
      return error{"bad class name", "score table", "distinct names without tabs, line breaks and blanks around",
                   message::of(detail::in_quotes(name))};
  }
  for (std::size_t k = 0; k < table.times.size(); ++k)
    if (!std::isfinite(table.times[k]) || (k ? !(table.times[k] > table.times[k - 1]) : !(table.times[k] >= 0)))
      return error{"bad frame time", message::of("time ", k), "finite, from 0, after the one before",
                   message::of(table.times[k])};
  for (std::size_t i = 0; i < table.scores.size(); ++i)
    if (!std::isfinite(table.scores[i]))
      return error{"bad score", message::of("frame ", i / classes, ", ", table.classes[i % classes]), "a finite number",
                   message::of(table.scores[i])};
  std::string text = "onset\toffset";
  for (const std::string& name : table.classes) text.append("\t").append(name);
  const auto append = [&](double value, char before) {
    char digits[32];
    text += before;
    text.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  };
  for (std::size_t k = 0; k < frames; ++k) {
    append(table.times[k], '\n');
    append(table.times[k + 1], '\t');
    for (std::size_t c = 0; c < classes; ++c) append(table.scores[k * classes + c], '\t');
  }
  return text += '\n';
}

/// Writes a score table: see `format_scores`. The file appears whole or not at all.
///
///     const score_table t{{"dog"}, {0, 0.5}, {0.9}};
///     write_scores("scores/a.tsv", t).value();
inline result<void> write_scores(const std::filesystem::path& path, const score_table& table) {
  const auto text = format_scores(table);
  if (!text) return text.error();
  return write_file(path, *text);
}

/// The scores of a recording and its id: the name of the file without `.tsv`.
struct scored_clip {
  std::string id;
  score_table table;
};

/// All score tables `<id>.tsv` of a folder, in order of ids.
///
/// Errors  no such folder, none in it, tables of different classes; what `read_scores` refuses.
///
///     const auto clips = read_score_folder("scores");                  // or an error that names file and line
inline result<std::vector<scored_clip>> read_score_folder(const std::filesystem::path& folder) {
  std::error_code failed;
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(folder, failed)) return error{"no such folder", message::of(folder)};
  for (std::filesystem::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed))
    if (entry->path().extension() == ".tsv") files.push_back(entry->path());
  if (failed) return error{"cannot read the folder", message::of(folder)};
  if (files.empty()) return error{"no scores", message::of(folder), "files <id>.tsv"};
  std::sort(files.begin(), files.end());
  std::vector<scored_clip> clips;
  for (const auto& file : files) {
    auto table = read_scores(file);
    if (!table) return table.error();
    if (!clips.empty() && table->classes != clips[0].table.classes)
      return error{"other classes than in the tables before", message::of(file), message::of("those of ", files[0])};
    clips.push_back({file.stem().string(), std::move(*table)});
  }
  return clips;
}

}  // namespace auris
