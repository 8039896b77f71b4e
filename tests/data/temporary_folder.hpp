#pragma once
#include <unistd.h>

#include <auris/io/file.hpp>
#include <filesystem>
#include <string>
#include <string_view>

/// A folder for one test, removed with everything in it at the end.
class temporary_folder {
 public:
  temporary_folder() {
    static int number = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("auris_test_" + std::to_string(::getpid()) + "_" + std::to_string(number++));
    std::filesystem::create_directories(path_);
  }
  ~temporary_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  temporary_folder(const temporary_folder&) = delete;
  temporary_folder& operator=(const temporary_folder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const char* name) const { return path_ / name; }
  void write(const std::string& name, std::string_view content) const {
    auris::write_file(path_ / name, content).value();
  }

 private:
  std::filesystem::path path_;
};
