// Lists of numbers on the command line.
#pragma once
#include <auris/core/result.hpp>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

namespace soft_label {

/// "1-3,5": 1, 2, 3 and 5; nothing of nothing.
///
/// Errors      what is no number from 1 to 1000 or no range of two; `what` says which list it is.
inline auris::result<std::vector<int>> parse_numbers(std::string_view text, const char* what) {
  const auris::error bad{"not a list of numbers", what, "such as 1-5 or 1,3, of 1 to 1000",
                         std::string(text.substr(0, 60)).c_str()};
  std::vector<int> numbers;
  const auto number = [](std::string_view& s) {
    int v = 0;
    const auto [end, problem] = std::from_chars(s.data(), s.data() + s.size(), v);
    s.remove_prefix(static_cast<std::size_t>(end - s.data()));
    return problem == std::errc{} && v >= 1 && v <= 1000 ? v : 0;
  };
  while (!text.empty()) {
    const int first = number(text);
    int last = first;
    if (text.starts_with('-')) text.remove_prefix(1), last = number(text);
    if (first < 1 || last < first) return bad;
    for (int v = first; v <= last; ++v) numbers.push_back(v);
    if (text.empty()) break;
    if (text[0] != ',' || text.size() == 1) return bad;
    text.remove_prefix(1);
  }
  return numbers;
}

}  // namespace soft_label
