#include <auris/data/maestro_labels.hpp>
#include <auris/data/soft_labels.hpp>
#include <limits>

#include "data/temporary_folder.hpp"
#include "support/catch.hpp"
#include "support/says.hpp"

namespace soft_labels_test {

using namespace auris;

namespace {
const std::vector<std::string> classes{"birds_singing", "car", "door opens/closes"};
}  // namespace

TEST_CASE("frames_between: every whole second fills its five frames of 200 ms") {
  for (idx second = 0; second < 100'000; ++second) {
    const frame_range r =
        frames_between(static_cast<double>(second), static_cast<double>(second + 1), maestro_hop, 1'000'000);
    if (r.begin != 5 * second || r.end != 5 * second + 5) FAIL(second);
  }
  const frame_range three = frames_between(3, 4, 0.2, 1501);
  CHECK((three.begin == 15 && three.end == 20));
}

TEST_CASE("frames_between: part of a frame counts as the frame; hops that binary numbers cannot hold do no harm") {
  const auto range = [](double onset, double offset) {
    const frame_range r = frames_between(onset, offset, 0.2, 100);
    return std::pair(r.begin, r.end);
  };
  CHECK(range(0.6, 1.4) == std::pair<idx, idx>(3, 7));  // 0.6/0.2 is 2.9999999999999996, 1.4/0.2 is 6.999999999999999
  CHECK(range(0.1, 0.3) == std::pair<idx, idx>(0, 2));
  CHECK(range(0.45, 0.5) == std::pair<idx, idx>(2, 3));
  CHECK(range(19, 30) == std::pair<idx, idx>(95, 100));
  CHECK(range(30, 31) == std::pair<idx, idx>(100, 100));
  CHECK(range(0, 1e300) == std::pair<idx, idx>(0, 100));
  CHECK(range(-1, 0.2) == std::pair<idx, idx>(0, 1));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(range(nan, nan) == std::pair<idx, idx>(0, 0));
  CHECK(range(1, nan) == std::pair<idx, idx>(5, 5));
}

TEST_CASE("soft_label_matrix: a label fills its column, the later one wins, rows past the end are ignored") {
  const std::vector<soft_label> labels{{0, 1, 1, 0.25}, {1, 2, 1, 0.9}, {1, 2, 2, 1}, {1, 2, 1, 0.5}, {2, 3, 0, 0.75}};
  const frame_matrix m = soft_label_matrix(labels, 11, 3, 0.2).value();
  REQUIRE((m.frames == 11 && m.width == 3));
  for (idx t = 0; t < 11; ++t) {
    CHECK(m.row(t)[0] == (t >= 10 ? 0.75f : 0));
    CHECK(m.row(t)[1] == (t < 5 ? 0.25f : t < 10 ? 0.5f : 0));
    CHECK(m.row(t)[2] == (t >= 5 && t < 10 ? 1.0f : 0));
  }
  CHECK(soft_label_matrix(labels, 0, 3, 0.2).value().values.empty());
  CHECK(soft_label_matrix(labels, 1, 3, 0.2).value().values == std::vector<float>{0, 0.25f, 0});
}

TEST_CASE("soft_label_matrix: refuses what has no place") {
  const auto with = [](soft_label l, idx frames = 10, idx width = 3, double hop = 0.2) {
    return soft_label_matrix({&l, 1}, frames, width, hop);
  };
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(with({0, 1, 2, 1}));
  CHECK(says(with({0, 1, 3, 1}), "no such class: soft_label_matrix, label 0: expected 0 to 2, got 3"));
  CHECK(says(with({0, 1, -1, 1}), "no such class"));
  CHECK(says(with({0, 1, 0, 1.01}), "expected 0 to 1, got 1.01"));
  CHECK(says(with({0, 1, 0, nan}), "bad value"));
  CHECK(says(with({-1, 1, 0, 1}), "bad time"));
  CHECK(says(with({1, 1, 0, 1}), "bad time"));
  CHECK(says(with({0, std::numeric_limits<double>::infinity(), 0, 1}), "bad time"));
  CHECK(says(with({nan, 1, 0, 1}), "bad time"));
  CHECK(says(with({0, 1, 0, 1}, -1), "bad size"));
  CHECK(says(with({0, 1, 0, 1}, 10, 0), "bad size"));
  CHECK(says(with({0, 1, 0, 1}, std::numeric_limits<idx>::max()), "bad size"));
  CHECK(says(with({0, 1, 0, 1}, 10, 3, 0), "bad hop"));
  CHECK(says(with({0, 1, 0, 1}, 10, 3, nan), "bad hop"));
}

TEST_CASE("soft label files: read back as written") {
  const temporary_folder folder;
  const std::vector<soft_label> labels{{2, 3, 1, 0.9}, {2, 3, 2, 1.0 / 3}, {12.5, 13.25, 0, 0}};
  write_soft_labels(folder / "soft.txt", labels, classes).value();
  CHECK(read_file(folder / "soft.txt").value() ==
        "2\t3\tcar\t0.9\n2\t3\tdoor opens/closes\t0.3333333333333333\n12.5\t13.25\tbirds_singing\t0\n");
  CHECK(read_soft_labels(folder / "soft.txt", classes).value() == labels);
  CHECK(says(write_soft_labels(folder / "x", std::vector<soft_label>{{0, 1, 3, 1}}, classes), "no such class"));
  CHECK(says(write_soft_labels(folder / "x", std::vector<soft_label>{{0, 1, 0, 2}}, classes), "bad soft label"));
  CHECK_FALSE(std::filesystem::exists(folder / "x"));
}

TEST_CASE("soft label files: Windows line ends, blank lines, no last line end, no lines at all") {
  const temporary_folder folder;
  folder.write("crlf.txt", "0\t1\tcar\t0.5\r\n\r\n1\t2\tdoor opens/closes\t1");
  CHECK(read_soft_labels(folder / "crlf.txt", classes).value() ==
        std::vector<soft_label>{{0, 1, 1, 0.5}, {1, 2, 2, 1}});
  folder.write("empty.txt", "");
  CHECK(read_soft_labels(folder / "empty.txt", classes).value().empty());
}

TEST_CASE("soft label files: every broken line is named with its number") {
  const temporary_folder folder;
  folder.write("bad.txt",
               "0\t1\tcar\t0.5\n"
               "0\t1\tcar\n"
               "a\t1\tcar\t0.5\n"
               "2\t2\tcar\t0.5\n"
               "0\t1\tcar\t1.5\n"
               "0\t1\tcar\tnan\n"
               "0\t1\tdog\t-0.1\n");
  const auto bad = read_soft_labels(folder / "bad.txt", classes);
  CHECK(says(bad, "7 problems:"));
  CHECK(says(bad, "bad.txt, line 2: expected onset, offset, label and value, got 3 fields"));
  CHECK(says(bad, "line 3: the onset 'a' is no number"));
  CHECK(says(bad, "line 4: expected 0 <= onset < offset, got 2 and 2"));
  CHECK(says(bad, "line 5: expected a value from 0 to 1, got 1.5"));
  CHECK(says(bad, "line 6: the value 'nan' is no number"));
  CHECK(says(bad, "line 7: expected a value from 0 to 1, got -0.1"));
  CHECK(says(bad, "line 7: unknown label 'dog'"));
  CHECK_FALSE(says(bad, "line 1:"));
  CHECK(says(read_soft_labels(folder / "none.txt", classes), "no such file"));
}

}  // namespace soft_labels_test
