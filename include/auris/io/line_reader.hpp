#pragma once
#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace auris::detail {

/// The last field of a row of comma-separated values, without the quotes that it may have and needs around commas. None where it is empty,
/// or has a comma or another quote that is not within quotes of its own.
inline std::optional<std::string_view> last_field(std::string_view s) {
  const bool quoted = s.size() > 1 && s.front() == '"' && s.back() == '"';
  if (quoted) s = s.substr(1, s.size() - 2);
  if (s.empty() || s.find('"') != s.npos || (!quoted && s.find(',') != s.npos)) return std::nullopt;
  return s;
}

/// Goes through delimited text line by line and field by field, without a copy of anything: for large files.
class line_reader {
 public:
  explicit line_reader(std::string_view text) : rest_(text) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);  // byte order mark
  }

  /// Goes to the next line that is not blank; false at the end.
  bool next_line() {
    while (!rest_.empty()) {
      const auto end = rest_.find('\n');
      line_ = rest_.substr(0, end);
      rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + 1);
      ++number_;
      at_end_ = false;
      if (line_.ends_with('\r')) line_.remove_suffix(1);
      if (line_.find_first_not_of(" \t\r") != line_.npos) return true;
    }
    return false;
  }

  int number() const { return number_; }  ///< of the line, from 1
  std::string_view line() const { return line_; }
  bool at_end() const { return at_end_; }  ///< no field is left in the line

  /// The next field, without blanks around it.
  std::string_view field(char delimiter) {
    const auto end = line_.find(delimiter);
    const std::string_view field = trimmed(line_.substr(0, end));
    at_end_ = end == line_.npos;
    line_.remove_prefix(at_end_ ? line_.size() : end + 1);
    return field;
  }

  /// The next field as a finite number; false, and nothing is taken, where it is none.
  template <class T>
  bool number_field(char delimiter, T& value) {
    const char *begin = line_.data(), *const last = begin + line_.size();
    while (begin != last && *begin == ' ') ++begin;
    auto [end, problem] = std::from_chars(begin, last, value);
    if (problem != std::errc{} || !(value - value == 0)) return false;
    while (end != last && *end == ' ') ++end;
    if (end != last && *end != delimiter) return false;
    at_end_ = end == last;
    line_.remove_prefix(static_cast<std::size_t>(end - line_.data()) + !at_end_);
    return true;
  }

 private:
  static std::string_view trimmed(std::string_view s) {
    const auto first = s.find_first_not_of(' '), last = s.find_last_not_of(' ');
    return first == s.npos ? std::string_view{} : s.substr(first, last - first + 1);
  }

  std::string_view rest_, line_;
  int number_ = 0;
  bool at_end_ = true;
};

}  // namespace auris::detail
