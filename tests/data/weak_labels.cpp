#include <auris/data/weak_labels.hpp>

#include "support/catch.hpp"
#include "temporary_folder.hpp"

namespace weak_labels_test {

using namespace auris;

using files = std::vector<weakly_labelled_file>;

static std::string problem(std::string_view content) {
  const auto r = parse_weak_labels(content, "w.tsv");
  return r ? "" : r.error().text().c_str();
}

TEST_CASE("weak labels: files and their classes") {
  CHECK(parse_weak_labels("filename\tevent_labels\na.wav\tdog,cat bird\nb.wav\t\nc.wav\r\n", "w.tsv").value() ==
        files{{"a.wav", {"dog", "cat bird"}}, {"b.wav", {}}, {"c.wav", {}}});
  CHECK(parse_weak_labels("", "w.tsv").value().empty());
}

TEST_CASE("weak labels: broken files are errors that name file and line") {
  CHECK(problem("a.wav\tdog\n") ==
        "bad header of weak labels: w.tsv, line 1: expected filename and event_labels, got 'a.wav?dog'");
  const std::string header = "filename\tevent_labels\n";
  CHECK(problem(header + "a\tdog,\n") ==
        "bad weak labels: w.tsv, line 2: expected distinct classes, commas between, got 'a?dog,'");
  CHECK(problem(header + "a\tdog\na\tcat\n") == "file named twice: w.tsv, line 3: expected each file once, got 'a'");
  for (const char* bad : {"a\tdog,dog\n", "a\t,dog\n", "a\tdog\tcat\n", "\tdog\n", "a\tdog,,cat\n"})
    CHECK_FALSE(parse_weak_labels(header + bad, "w.tsv"));
}

TEST_CASE("weak labels: from a file") {
  const temporary_folder folder;
  folder.write("w.tsv", "filename\tevent_labels\na.wav\tdog\n");
  CHECK(read_weak_labels(folder / "w.tsv").value() == files{{"a.wav", {"dog"}}});
  CHECK_FALSE(read_weak_labels(folder / "v.tsv"));
}

}  // namespace weak_labels_test
