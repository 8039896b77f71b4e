#pragma once
#include <auris/core/result.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

#if defined(_WIN32)
#include <process.h>
#else
#include <unistd.h>
#endif

namespace auris {

namespace detail {
struct close_file {
  void operator()(std::FILE* f) const noexcept { std::fclose(f); }
};
using file_handle = std::unique_ptr<std::FILE, close_file>;
}  // namespace detail

/// The whole content of a file.
///
/// Errors  the file does not exist, is no regular file or cannot be read.
///
///     const result<std::string> text = read_file("folds/fold1_train.csv");
inline result<std::string> read_file(const std::filesystem::path& path) {
  std::error_code problem;
  if (!std::filesystem::is_regular_file(path, problem)) return error{"no such file", path.c_str()};
  const auto size = std::filesystem::file_size(path, problem);
  const detail::file_handle file(problem ? nullptr : std::fopen(path.c_str(), "rb"));
  if (!file) return error{"cannot open the file", path.c_str()};
  std::string content(static_cast<std::size_t>(size), '\0');
  if (std::fread(content.data(), 1, content.size(), file.get()) != content.size())
    return error{"cannot read the whole file", path.c_str()};
  return content;
}

/// Writes a file beside its target and renames it, so that a reader never sees half of it and a failure leaves the old
/// one. Missing folders are made.
///
///     write_file("out/events.tsv", "onset\toffset\tlabel\n").value();
inline result<void> write_file(const std::filesystem::path& path, std::string_view content) {
  std::error_code problem;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), problem);
  std::filesystem::path beside = path;
  beside += ".part" + std::to_string(::getpid());
  std::FILE* file = std::fopen(beside.c_str(), "wb");
  if (!file) return error{"cannot write the file", path.c_str()};
  const bool complete = std::fwrite(content.data(), 1, content.size(), file) == content.size();
  const bool closed = std::fclose(file) == 0;
  if (complete && closed) std::filesystem::rename(beside, path, problem);
  if (!complete || !closed || problem) {
    std::error_code ignored;
    std::filesystem::remove(beside, ignored);
    return error{"cannot write the file", path.c_str()};
  }
  return {};
}

}  // namespace auris
