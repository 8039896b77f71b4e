#pragma once
#include <algorithm>
#include <auris/core/result.hpp>
#include <cctype>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace auris {

/// The sound files in a folder, and with `below` those in the folders in it, in the order of their names: .wav, .flac, .ogg and .mp3
/// in small or large letters.
///
/// Errors  no such folder, or one that cannot be listed.
///
///     const auto barks = sound_files_in("esc10/dog_bark");
inline result<std::vector<std::filesystem::path>> sound_files_in(const std::filesystem::path& folder,
                                                                 bool below = false) {
  namespace fs = std::filesystem;
  std::error_code problem;
  if (!fs::is_directory(folder, problem)) return error{"no such folder", folder.c_str()};
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem)) {
    if (!below) at.disable_recursion_pending();
    std::string kind = at->path().extension().string();
    for (char& c : kind) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (kind == ".wav" || kind == ".flac" || kind == ".ogg" || kind == ".mp3") files.push_back(at->path());
  }
  if (problem) return error{"cannot list the folder", folder.c_str(), {}, problem.message().c_str()};
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace auris
