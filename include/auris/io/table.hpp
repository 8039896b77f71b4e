#pragma once
#include <auris/io/file.hpp>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

namespace auris {

/// One line of a delimited text file: its fields, and its number for messages.
struct table_row {
  std::vector<std::string> fields;
  int line;  ///< from 1
};

/// The rows of delimited text. Blank lines are skipped, blanks around a field and a carriage return at the end are cut.
///
///     const auto rows = parse_table("car\t0.9\n\ndog\t0.1\n", '\t');     // 2 rows of 2 fields; the second has line 3
inline std::vector<table_row> parse_table(std::string_view content, char delimiter) {
  constexpr std::string_view blanks = " \r\t";
  const auto trimmed = [](std::string_view s, std::string_view cut) {
    const auto first = s.find_first_not_of(cut), last = s.find_last_not_of(cut);
    return first == s.npos ? std::string_view{} : s.substr(first, last - first + 1);
  };
  std::vector<table_row> rows;
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);  // byte order mark
  for (int line = 1; !content.empty(); ++line) {
    const auto end = content.find('\n');
    std::string_view text = content.substr(0, end);
    content.remove_prefix(end == content.npos ? content.size() : end + 1);
    if (trimmed(text, blanks).empty()) continue;
    table_row row{{}, line};
    for (;;) {
      const auto at = text.find(delimiter);
      row.fields.emplace_back(trimmed(text.substr(0, at), delimiter == '\t' ? " \r" : blanks));
      if (at == text.npos) break;
      text.remove_prefix(at + 1);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

/// The rows of a delimited text file.
inline result<std::vector<table_row>> read_table(const std::filesystem::path& path, char delimiter) {
  auto content = read_file(path);
  if (!content) return content.error();
  return parse_table(*content, delimiter);
}

/// The finite number that a whole field spells; the error names file and line.
inline result<double> parse_number(std::string_view field, const std::filesystem::path& path, int line) {
  double value = 0;
  const auto [end, problem] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (problem != std::errc{} || end != field.data() + field.size() || !(value - value == 0))
    return error{"not a number", message::of(path, ", line ", line), "a finite number",
                 message::of("'", std::string(field.substr(0, 60)), "'")};
  return value;
}

}  // namespace auris
