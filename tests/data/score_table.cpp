#include <auris/data/score_table.hpp>
#include <chrono>

#include "support/catch.hpp"
#include "temporary_folder.hpp"

namespace score_table_test {

using namespace auris;

static const score_table expected{{"dog", "cat bird"}, {0, 0.5, 1}, {0.9, 0.125, 1e-7, 1}};
static const char rows[] = "onset\toffset\tdog\tcat bird\n0\t0.5\t0.9\t0.125\n0.5\t1\t1e-07\t1\n";

static std::string problem(std::string_view content) {
  const auto r = parse_scores(content, "a.tsv");
  return r ? "" : r.error().text().c_str();
}

TEST_CASE("score table: header and rows") {
  CHECK(parse_scores(rows, "a.tsv").value() == expected);
  CHECK(expected.frames() == 2);
}

TEST_CASE("score table: Windows line ends, byte order mark, blanks, blank lines, no line end at the end") {
  CHECK(parse_scores("\xEF\xBB\xBFonset\toffset\tdog\tcat bird\r\n\r\n0\t0.5\t0.9\t 0.125 \r\n0.5\t1\t1e-7\t1", "a.tsv")
            .value() == expected);
}

TEST_CASE("score table: no frames, no classes") {
  const score_table none = parse_scores("onset\toffset\tdog\n", "a.tsv").value();
  CHECK(none.frames() == 0);
  CHECK(none.classes == std::vector<std::string>{"dog"});
  CHECK(parse_scores("onset\toffset\n0\t1\n", "a.tsv").value().frames() == 1);
}

TEST_CASE("score table: broken files are errors that name file and line") {
  CHECK(problem("") == "empty score table: a.tsv: expected a header: onset, offset, classes");
  CHECK(problem("onset\tdog\n") ==
        "bad header of a score table: a.tsv, line 1: expected onset, offset, classes between tabs, got 'dog'");
  CHECK(problem("onset\toffset\tdog\tdog\n") ==
        "bad header of a score table: a.tsv, line 1: expected a name for each class, no two alike, got 'dog'");
  CHECK(problem("onset\toffset\tdog\n0\t1\t0.5\n1\t2\tx\n") ==
        "not a number: a.tsv, line 3: expected a finite number, got 'x'");
  CHECK(problem("onset\toffset\tdog\n0\t1\tnan\n") ==
        "not a number: a.tsv, line 2: expected a finite number, got 'nan'");
  CHECK(problem("onset\toffset\tdog\n\n0\t1\n") == "score row too short: a.tsv, line 3: expected 3 fields, got 2");
  CHECK(problem("onset\toffset\tdog\n0\t1\t1\t1\n") ==
        "score row too long: a.tsv, line 2: expected 3 fields, got more");
  CHECK(problem("onset\toffset\tdog\n1\t1\t1\n") == "bad frame: a.tsv, line 2: expected onset < offset, got 1 to 1");
  CHECK(problem("onset\toffset\tdog\n-1\t1\t1\n") == "bad frame: a.tsv, line 2: expected an onset from 0, got -1");
  CHECK(problem("onset\toffset\tdog\n0\t1\t1\n1.5\t2\t1\n") ==
        "frames do not join: a.tsv, line 3: expected the offset of the row before, 1, got the onset 1.5");
  for (const char* bad :
       {"\n", "dog\n", "onset\toffset\t\n", "onset\toffset\tdog\n0 1 0.5\n", "onset\toffset\tdog\n0\t1\t\n",
        "onset\toffset\tdog\n0\t1\t1e999\n", "onset\toffset\tdog\n0\t1\t0.5x\n", "onset\toffset\tdog\n0\tinf\t1\n",
        "onset,offset,dog\n0,1,1\n"})
    CHECK_FALSE(parse_scores(bad, "a.tsv"));
}

TEST_CASE("score table: comes back from a file as it was") {
  const temporary_folder folder;
  const score_table table{{"a", "b"}, {0, 0.1, 1.0 / 3}, {0.1, 1e-300, -5, 1e300}};
  write_scores(folder / "x.tsv", table).value();
  CHECK(read_scores(folder / "x.tsv").value() == table);
  CHECK(format_scores(expected).value() == rows);
  CHECK_FALSE(read_scores(folder / "y.tsv"));
}

TEST_CASE("score table: what the format cannot hold is not written") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const score_table& bad : {score_table{{"a"}, {0, 1}, {1, 2}},
                                 {{"a\tb"}, {0, 1}, {1}},
                                 {{"a", "a"}, {0, 1}, {1, 1}},
                                 {{""}, {0, 1}, {1}},
                                 {{"a"}, {0, 0}, {1}},
                                 {{"a"}, {0, nan}, {1}},
                                 {{"a"}, {0, 1}, {nan}}})
    CHECK_FALSE(format_scores(bad));
}

TEST_CASE("score table: a folder, in order of ids") {
  const temporary_folder folder;
  CHECK_FALSE(read_score_folder(folder.path()));
  folder.write("b.tsv", rows);
  folder.write("a.c.tsv", rows);
  folder.write("notes.txt", "no scores");
  const auto clips = read_score_folder(folder.path()).value();
  REQUIRE(clips.size() == 2);
  CHECK(clips[0].id == "a.c");
  CHECK(clips[1].id == "b");
  CHECK(clips[1].table == expected);
  folder.write("d.tsv", "onset\toffset\tdog\n0\t1\t1\n");
  CHECK_FALSE(read_score_folder(folder.path()));
  folder.write("d.tsv", "broken");
  CHECK_FALSE(read_score_folder(folder.path()));
  CHECK_FALSE(read_score_folder(folder / "nowhere"));
  CHECK_FALSE(read_score_folder(folder / "b.tsv"));
}

TEST_CASE("score table: a million numbers are read fast") {
  std::string long_text = "onset\toffset\tdog\n";
  for (int k = 0; k < 330000; ++k) {
    long_text += std::to_string(k) + "\t" + std::to_string(k + 1) + "\t0.12345678901234567\n";
  }
  const auto begin = std::chrono::steady_clock::now();
  CHECK(parse_scores(long_text, "a.tsv").value().frames() == 330000);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(3));
}

}  // namespace score_table_test
