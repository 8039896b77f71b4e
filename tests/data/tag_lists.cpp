#include <auris/data/tag_lists.hpp>

#include "support/catch.hpp"
#include "temporary_folder.hpp"

namespace tag_lists_test {

using namespace auris;

using clips = std::vector<tagged_clip>;
using names = std::vector<std::string>;
using row = std::vector<unsigned char>;

static std::string problem(std::string_view content) {
  const auto r = parse_tag_list(content, "t.csv");
  return r ? "" : r.error().text().c_str();
}

TEST_CASE("tag list: files and their tags") {
  CHECK(parse_tag_list("fname,labels\na.wav,Bark\r\nb.wav,\"Bark,Meow\"\nc.wav,\"Meow\"\n", "t.csv").value() ==
        clips{{"a.wav", "Bark"}, {"b.wav", "Bark,Meow"}, {"c.wav", "Meow"}});
  CHECK(parse_tag_list("fname,labels\n", "t.csv").value().empty());
}

TEST_CASE("tag list: broken files are errors that name file and line") {
  CHECK(problem("a.wav,Bark\n") == "bad header of tags: t.csv, line 1: expected fname,labels, got 'a.wav,Bark'");
  const std::string header = "fname,labels\n";
  CHECK(problem(header + "a.wav,Bark,Meow\n") ==
        "bad row of tags: t.csv, line 2: expected a file, a comma, tags, several of them in quotes, got "
        "'a.wav,Bark,Meow'");
  CHECK(problem(header + "a.wav,Bark\na.wav,Meow\n") ==
        "file named twice: t.csv, line 3: expected each file once, got 'a.wav'");
  for (const char* bad :
       {"a.wav\n", "a.wav,\n", ",Bark\n", "a.wav,\"\"\n", "a.wav,\"Bark\n", "a.wav,Ba\"rk\n", "a.wav,\"\n"})
    CHECK_FALSE(parse_tag_list(header + bad, "t.csv"));
  CHECK_FALSE(parse_tag_list("", "t.csv"));
}

TEST_CASE("tag list: classes are the columns of a sample submission") {
  CHECK(parse_tag_classes("fname,Bark,Meow\na.wav,0,0\n", "s.csv").value() == names{"Bark", "Meow"});
  for (const char* bad : {"", "fname", "file,Bark\n", "fname,Bark,Bark\n", "fname,Bark,\n"})
    CHECK_FALSE(parse_tag_classes(bad, "s.csv"));
}

TEST_CASE("tag list: a class is set by its name, or by its name within others") {
  const names classes{"Bark", "Bark_loud", "Meow"};
  CHECK(tag_row("Meow,Bark_loud", classes).value() == row{0, 1, 1});
  CHECK(tag_row("Meow,Bark_loud", classes, tag_match::substring).value() == row{1, 1, 1});
  CHECK(tag_row("Bark,Woof", classes).error().text() == "unknown tag: expected one of 3 classes, got 'Woof'");
  CHECK_FALSE(tag_row("Bark,", classes));
  CHECK_FALSE(tag_row("", classes));
}

TEST_CASE("tag list: from files") {
  const temporary_folder folder;
  folder.write("t.csv", "fname,labels\na.wav,Bark\n");
  folder.write("s.csv", "fname,Bark\n");
  CHECK(read_tag_list(folder / "t.csv").value() == clips{{"a.wav", "Bark"}});
  CHECK(read_tag_classes(folder / "s.csv").value() == names{"Bark"});
  CHECK_FALSE(read_tag_list(folder / "u.csv"));
  CHECK_FALSE(read_tag_classes(folder / "u.csv"));
}

}  // namespace tag_lists_test
