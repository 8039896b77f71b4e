#include <auris/audio/sound_files.hpp>
#include <auris/io/folder.hpp>

#include "data/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace auris;

TEST_CASE("folders and sound files of a folder, in the order of their names") {
  const temporary_folder folder;
  for (const char* name : {"b/2.wav", "b/1.OGG", "a/3.flac", "a/deep/4.mp3", "a/notes.txt", "5.wav"})
    folder.write(name, "");
  const auto names = [&](const auto& found) {
    std::vector<std::string> all;
    for (const auto& p : found.value()) all.push_back(p.lexically_relative(folder.path()).string());
    return all;
  };
  CHECK(names(folders_in(folder.path())) == std::vector<std::string>{"a", "b"});
  CHECK(names(sound_files_in(folder.path())) == std::vector<std::string>{"5.wav"});
  CHECK(names(sound_files_in(folder / "b")) == std::vector<std::string>{"b/1.OGG", "b/2.wav"});
  CHECK(names(sound_files_in(folder / "a", true)) == std::vector<std::string>{"a/3.flac", "a/deep/4.mp3"});
  CHECK_FALSE(folders_in(folder / "none"));
  CHECK_FALSE(sound_files_in(folder / "none"));
  CHECK_FALSE(sound_files_in(folder / "5.wav"));
}
