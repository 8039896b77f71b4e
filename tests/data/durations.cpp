#include <auris/data/durations.hpp>

#include "support/catch.hpp"
#include "temporary_folder.hpp"

namespace durations_test {

using namespace auris;

using durations = std::vector<file_duration>;

static std::string problem(std::string_view content) {
  const auto r = parse_durations(content, "d.tsv");
  return r ? "" : r.error().text().c_str();
}

TEST_CASE("durations: with and without a header") {
  const durations expected{{"a.wav", 10}, {"b c.wav", 9.5}};
  CHECK(parse_durations("filename\tduration\na.wav\t10\nb c.wav\t9.5\n", "d.tsv").value() == expected);
  CHECK(parse_durations("a.wav\t10\r\n\r\nb c.wav\t9.5", "d.tsv").value() == expected);
  CHECK(parse_durations("", "d.tsv").value().empty());
  CHECK(parse_durations("filename\tduration\n", "d.tsv").value().empty());
}

TEST_CASE("durations: broken files are errors that name file and line") {
  CHECK(problem("a\t1\nb\tx\n") == "bad duration: d.tsv, line 2: expected seconds from 0 to 1e9, got 'x'");
  CHECK(problem("a\t1\n\nb\n") == "bad duration row: d.tsv, line 3: expected a file name, a tab, seconds, got 'b'");
  CHECK(problem("a\t1\na\t2\n") == "file named twice: d.tsv, line 2: expected each file once, got 'a'");
  CHECK(problem("filename\tlength\n") ==
        "bad header of durations: d.tsv, line 1: expected filename and duration, got 'length'");
  for (const char* bad : {"a\t-1\n", "a\tnan\n", "a\t1e10\n", "\t1\n", "a\t1\t2\n", "a,1\n", "a\t\n"})
    CHECK_FALSE(parse_durations(bad, "d.tsv"));
}

TEST_CASE("durations: from a file") {
  const temporary_folder folder;
  folder.write("d.tsv", "filename\tduration\na.wav\t10\n");
  CHECK(read_durations(folder / "d.tsv").value() == durations{{"a.wav", 10}});
  CHECK_FALSE(read_durations(folder / "e.tsv"));
}

}  // namespace durations_test
