#pragma once
#include <auris/io/file.hpp>
#include <string>

namespace auris {

/// Writes a folder that is there whole, or not at all: `write(beside)` fills one beside it, which is renamed at the end and
/// removed where something goes wrong.
///
/// Errors  the folder exists and is not empty, or cannot be made; what `write` returns.
///
///     write_whole_folder("out/tables", [](const std::filesystem::path& beside) {
///       return write_file(beside / "classes.tsv", "label\nbell\n");
///     }).value();
template <class Write>
result<void> write_whole_folder(const std::filesystem::path& folder, const Write& write) {
  namespace fs = std::filesystem;
  std::error_code problem, ignored;
  if (fs::exists(folder, ignored) && !(fs::is_directory(folder, ignored) && fs::is_empty(folder, ignored)))
    return error{"cannot write the folder", folder.c_str(), "a folder that is empty or does not exist yet"};
  fs::path target = folder;
  if (!target.has_filename()) target = target.parent_path();  // a slash at the end
  fs::path beside = target;
  beside += ".part" + std::to_string(::getpid());
  if (result<void> done = write(beside); !done) {
    fs::remove_all(beside, ignored);
    return done;
  }
  fs::rename(beside, target, problem);
  if (!problem) return {};
  fs::remove_all(beside, ignored);
  return error{"cannot write the folder", folder.c_str(), {}, problem.message().c_str()};
}

}  // namespace auris
