// The three tasks, in the order in which a step takes their batches.
#pragma once
#include <array>
#include <auris/core/result.hpp>
#include <string>
#include <string_view>

namespace dcasenet {

enum class task : std::size_t { asc, sed, tag };
inline constexpr std::size_t task_count = 3;
inline constexpr std::array<task, task_count> all_tasks{task::asc, task::sed, task::tag};
inline constexpr std::array<const char*, task_count> task_names{"asc", "sed", "tag"};
constexpr const char* name_of(task t) { return task_names[static_cast<std::size_t>(t)]; }

/// Some of the tasks.
struct task_set {
  std::array<bool, task_count> has{};
  constexpr bool operator[](task t) const { return has[static_cast<std::size_t>(t)]; }
  constexpr bool operator==(const task_set&) const = default;
  constexpr std::size_t count() const { return std::size_t{has[0]} + has[1] + has[2]; }
  static constexpr task_set of(task t) {
    task_set s;
    s.has[static_cast<std::size_t>(t)] = true;
    return s;
  }
  static constexpr task_set all() { return {{true, true, true}}; }
};

/// Letters as in the paper's tables: a scenes, t tags, s events.
inline auris::result<task_set> parse_tasks(std::string_view letters) {
  task_set s;
  bool good = !letters.empty();
  for (const char c : letters) {
    const std::size_t at = std::string_view("ast").find(c);
    good = good && at < task_count && !s.has[at];
    if (good) s.has[at] = true;
  }
  if (good) return s;
  return auris::error{"bad tasks", "--tasks", "one or more of the letters a, t, s",
                      std::string(letters.substr(0, 20)).c_str()};
}
/// "ATS", in the paper's order.
inline std::string letters_of(task_set s) {
  std::string text;
  for (const auto& [t, letter] : {std::pair(task::asc, 'A'), std::pair(task::tag, 'T'), std::pair(task::sed, 'S')})
    if (s[t]) text += letter;
  return text;
}

}  // namespace dcasenet
