#pragma once
#include <auris/io/file.hpp>
#include <auris/io/line_reader.hpp>
#include <auris/io/problems.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace auris {

/// Names of classes in their order, from text: header `index,mid,display_name`, then a row for each class, whose indices count from 0; a
/// name may stand in quotes, and has to where it has commas.
///
/// Errors  name file (`path`, for messages only) and line: another header, an index out of order, no name, a quote without its end.
/// Source  AudioSet (Gemmeke et al. 2017), class_labels_indices.csv
///
///     const auto classes = parse_class_indices("index,mid,display_name\n0,/m/09x0r,\"Speech\"\n", "classes.csv").value();   // 1
inline result<std::vector<std::string>> parse_class_indices(std::string_view content,
                                                            const std::filesystem::path& path) {
  detail::line_reader reader(content);
  const auto problem = [&](const char* what, message expected, std::string_view got) {
    return error{what, message::of(path, ", line ", reader.number()), std::move(expected),
                 message::of(detail::in_quotes(got))};
  };
  if (!reader.next_line() || reader.line() != "index,mid,display_name")
    return problem("bad header of classes", "index,mid,display_name", reader.line());
  std::vector<std::string> classes;
  while (reader.next_line()) {
    const std::string_view row = reader.line();
    const auto wrong = [&] {
      return problem("bad row of classes", message::of(classes.size(), ", an identifier, a name"), row);
    };
    std::size_t index = 0;
    if (!reader.number_field(',', index) || index != classes.size() || reader.at_end()) return wrong();
    reader.field(',');
    if (reader.at_end()) return wrong();
    const auto name = detail::last_field(reader.line());
    if (!name) return wrong();
    classes.emplace_back(*name);
  }
  return classes;
}

/// The same from a file.
///
///     const auto classes = read_class_indices("class_labels_indices.csv");     // or an error that names the line
inline result<std::vector<std::string>> read_class_indices(const std::filesystem::path& path) {
  const auto content = read_file(path);
  if (!content) return content.error();
  return parse_class_indices(*content, path);
}

}  // namespace auris
