#include <auris/io/whole_folder.hpp>

#include "data/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace auris;
namespace fs = std::filesystem;

TEST_CASE("whole_folder: it is there whole, or not at all") {
  const temporary_folder folder;
  const auto one_file = [](const fs::path& beside) { return write_file(beside / "a.txt", "a"); };
  CHECK(write_whole_folder(folder / "new", one_file));
  CHECK(read_file(folder / "new/a.txt").value() == "a");
  CHECK(write_whole_folder(folder / "slash/", one_file));
  fs::create_directory(folder / "empty");
  CHECK(write_whole_folder(folder / "empty", one_file));
  CHECK(write_whole_folder(folder / "new", one_file).error().text() ==
        ("cannot write the folder: " + (folder / "new").string() +
         ": expected a folder that is empty or does not exist yet")
            .c_str());
  CHECK_FALSE(write_whole_folder(folder / "new/a.txt", one_file));

  const auto fails = [](const fs::path& beside) -> result<void> {
    write_file(beside / "a.txt", "a").value();
    return error{"no more sounds"};
  };
  CHECK(write_whole_folder(folder / "bad", fails).error().text() == "no more sounds");
  idx entries = 0;
  for (const auto& entry : fs::directory_iterator(folder.path())) entries += entry.exists();
  CHECK(entries == 3);  // nothing of what failed
}
