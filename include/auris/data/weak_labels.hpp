#pragma once
#include <algorithm>
#include <auris/io/file.hpp>
#include <auris/io/line_reader.hpp>
#include <auris/io/problems.hpp>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace auris {

/// The classes that occur somewhere in a recording.
struct weakly_labelled_file {
  std::string name;                 ///< as it is written
  std::vector<std::string> labels;  ///< distinct, in the order of the file

  bool operator==(const weakly_labelled_file&) const = default;
};

/// Weak labels from text: header `filename<TAB>event_labels`, then a file and its classes with commas between a line; a
/// file without classes may end after its name.
///
/// Errors  name file (`path`, for messages only) and line: no header, a row of other fields, no name, a file that occurs
///         twice, a class that is empty or occurs twice.
/// Source  DESED.
///
///     const auto files = parse_weak_labels("filename\tevent_labels\na.wav\tdog,cat\n", "weak.tsv").value();
///     const std::string second = files[0].labels[1];                   // "cat"
inline result<std::vector<weakly_labelled_file>> parse_weak_labels(std::string_view content,
                                                                   const std::filesystem::path& path) {
  detail::line_reader reader(content);
  const auto problem = [&](const char* what, const char* expected, std::string_view got) {
    return error{what, message::of(path, ", line ", reader.number()), expected, message::of(detail::in_quotes(got))};
  };
  std::vector<weakly_labelled_file> files;
  if (!reader.next_line()) return files;
  if (const std::string_view line = reader.line();
      reader.field('\t') != "filename" || (reader.at_end() || reader.field('\t') != "event_labels"))
    return problem("bad header of weak labels", "filename and event_labels", line);
  std::unordered_set<std::string> seen;
  while (reader.next_line()) {
    const std::string_view line = reader.line();
    weakly_labelled_file file{std::string(reader.field('\t')), {}};
    std::string_view list = reader.at_end() ? std::string_view{} : reader.field('\t');
    if (file.name.empty() || !reader.at_end())
      return problem("bad row of weak labels", "a file name, a tab, classes", line);
    if (!seen.insert(file.name).second) return problem("file named twice", "each file once", file.name);
    while (!list.empty()) {
      const auto comma = list.find(',');
      std::string label(list.substr(0, comma));
      if (label.empty() || comma == list.size() - 1 ||
          std::find(file.labels.begin(), file.labels.end(), label) != file.labels.end())
        return problem("bad weak labels", "distinct classes, commas between", line);
      file.labels.push_back(std::move(label));
      list.remove_prefix(comma == list.npos ? list.size() : comma + 1);
    }
    files.push_back(std::move(file));
  }
  return files;
}

/// The weak labels of a file: see `parse_weak_labels`.
///
///     const auto files = read_weak_labels("metadata/weak.tsv");        // or an error that names the line
inline result<std::vector<weakly_labelled_file>> read_weak_labels(const std::filesystem::path& path) {
  const auto content = read_file(path);
  if (!content) return content.error();
  return parse_weak_labels(*content, path);
}

}  // namespace auris
