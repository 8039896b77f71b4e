#pragma once
#include <auris/core/result.hpp>
#include <auris/core/shape.hpp>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace auris::detail {

/// What is wrong with a set of files, collected so that a user sees all of it at once.
class problem_list {
 public:
  void add(std::string text) {
    if (++count_ <= most_listed) texts_.push_back(std::move(text));
  }
  void add(const std::filesystem::path& file, int line_number, std::string_view text) {
    add(file.string() + ", line " + std::to_string(line_number) + ": " + std::string(text));
  }
  bool empty() const { return count_ == 0; }
  /// "3 problems:" and one line for each; after 200 lines only their number.
  auris::error error(const char* what, const std::filesystem::path& where) const {
    std::string all = std::to_string(count_) + (count_ == 1 ? " problem:" : " problems:");
    for (const std::string& t : texts_) all += "\n  " + t;
    if (count_ > most_listed) all += "\n  and " + std::to_string(count_ - most_listed) + " more";
    return {what, where.c_str(), {}, all.c_str()};
  }

 private:
  static constexpr idx most_listed = 200;
  std::vector<std::string> texts_;
  idx count_ = 0;
};

/// A text from a file as messages show it: in quotes, without what a terminal would act on, cut to 60 characters.
inline std::string in_quotes(std::string_view s) {
  std::string out = "'";
  for (char c : s.substr(0, 60)) out += static_cast<unsigned char>(c) < 32 || c == 127 ? '?' : c;
  return out + (s.size() > 60 ? "...'" : "'");
}

}  // namespace auris::detail
