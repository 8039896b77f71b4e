#pragma once
#include <algorithm>
#include <auris/core/result.hpp>
#include <filesystem>
#include <system_error>
#include <vector>

namespace auris {

/// The folders in a folder, in the order of their names.
///
/// Errors  a folder that cannot be listed.
///
///     const auto classes = folders_in("esc10");
inline result<std::vector<std::filesystem::path>> folders_in(const std::filesystem::path& parent) {
  namespace fs = std::filesystem;
  std::vector<fs::path> folders;
  std::error_code problem, ignored;
  for (fs::directory_iterator at(parent, problem), end; !problem && at != end; at.increment(problem))
    if (at->is_directory(ignored)) folders.push_back(at->path());
  if (problem) return error{"cannot list the folder", parent.c_str(), {}, problem.message().c_str()};
  std::sort(folders.begin(), folders.end());
  return folders;
}

}  // namespace auris
