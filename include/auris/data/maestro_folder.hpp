#pragma once
#include <auris/io/problems.hpp>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <system_error>

namespace auris::detail {

/// All files below a folder, found by name. Linked folders are followed once.
class folder_index {
 public:
  static result<folder_index> of(const std::filesystem::path& folder) {
    namespace fs = std::filesystem;
    std::error_code problem;
    if (!fs::is_directory(folder, problem)) return error{"no such folder", folder.c_str()};
    folder_index index;
    index.root_ = folder;
    std::set<fs::path> visited{fs::canonical(folder, problem)};
    fs::recursive_directory_iterator at(folder, fs::directory_options::follow_directory_symlink, problem), end;
    for (; !problem && at != end; at.increment(problem)) {
      std::error_code ignored;  // what cannot be looked at counts as absent
      if (at->is_directory(ignored)) {
        if (!visited.insert(fs::canonical(at->path(), ignored)).second) at.disable_recursion_pending();
      } else if (at->is_regular_file(ignored)) {
        index.files_.emplace(at->path().filename().string(), at->path());
      }
    }
    if (problem) return error{"cannot list the folder", folder.c_str(), {}, problem.message().c_str()};
    return index;
  }

  /// The one file of this name, inside of a folder of that name where one is given. A second one is a problem.
  std::optional<std::filesystem::path> find(const std::string& name, const std::string& parent,
                                            problem_list& problems) const {
    std::optional<std::filesystem::path> found;
    const auto [first, last] = files_.equal_range(name);
    for (auto at = first; at != last; ++at)
      if (parent.empty() || at->second.parent_path().filename() == parent) take(at->second, found, problems);
    return found;
  }

  /// The soft labels of a recording: `soft_labels_<name>.txt`, or `<name>.txt` below a folder `soft_labels*`.
  std::optional<std::filesystem::path> find_labels(const std::string& name, problem_list& problems) const {
    std::optional<std::filesystem::path> found = find("soft_labels_" + name + ".txt", {}, problems);
    const auto [first, last] = files_.equal_range(name + ".txt");
    for (auto at = first; at != last; ++at)
      for (const auto& part : at->second.parent_path().lexically_relative(root_))
        if (part.string().starts_with("soft_labels")) {
          take(at->second, found, problems);
          break;
        }
    return found;
  }

 private:
  static void take(const std::filesystem::path& path, std::optional<std::filesystem::path>& found,
                   problem_list& problems) {
    if (found) problems.add("found twice: " + found->string() + " and " + path.string());
    found = path;
  }
  std::filesystem::path root_;
  std::multimap<std::string, std::filesystem::path> files_;
};

}  // namespace auris::detail
