#pragma once
#include <auris/io/file.hpp>
#include <auris/io/line_reader.hpp>
#include <auris/io/problems.hpp>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace auris {

/// How long a recording is.
struct file_duration {
  std::string name;  ///< as it is written
  double seconds;

  bool operator==(const file_duration&) const = default;
};

/// The lengths of recordings from text: header `filename<TAB>duration`, or none, one file a line.
///
/// Errors  name file (`path`, for messages only) and line: a row of other fields, no name, a file that occurs twice,
///         seconds that are no number from 0 to 1e9.
/// Source  DESED.
///
///     const auto files = parse_durations("filename\tduration\na.wav\t10\n", "durations.tsv").value();
///     const double seconds = files[0].seconds;                         // 10
inline result<std::vector<file_duration>> parse_durations(std::string_view content, const std::filesystem::path& path) {
  detail::line_reader reader(content);
  std::vector<file_duration> files;
  std::unordered_set<std::string> seen;
  for (bool first = true; reader.next_line(); first = false) {
    const auto problem = [&](const char* what, const char* expected, std::string_view got) {
      return error{what, message::of(path, ", line ", reader.number()), expected, message::of(detail::in_quotes(got))};
    };
    const std::string_view line = reader.line();
    file_duration file{std::string(reader.field('\t')), 0};
    if (file.name.empty() || reader.at_end()) return problem("bad duration row", "a file name, a tab, seconds", line);
    if (first && file.name == "filename") {
      if (const auto column = reader.field('\t'); column != "duration")
        return problem("bad header of durations", "filename and duration", column);
      continue;
    }
    if (!reader.number_field('\t', file.seconds) || !(file.seconds >= 0) || !(file.seconds <= 1e9))
      return problem("bad duration", "seconds from 0 to 1e9", line.substr(line.find('\t') + 1));
    if (!reader.at_end()) return problem("bad duration row", "a file name, a tab, seconds", line);
    if (!seen.insert(file.name).second) return problem("file named twice", "each file once", file.name);
    files.push_back(std::move(file));
  }
  return files;
}

/// The lengths of recordings from a file: see `parse_durations`.
///
///     const auto files = read_durations("metadata/durations.tsv");     // or an error that names the line
inline result<std::vector<file_duration>> read_durations(const std::filesystem::path& path) {
  const auto content = read_file(path);
  if (!content) return content.error();
  return parse_durations(*content, path);
}

}  // namespace auris
