#include <algorithm>
#include <auris/data/frame_labels.hpp>

#include "support/catch.hpp"
#include "temporary_folder.hpp"

namespace frame_labels_test {

using namespace auris;

using labels = std::vector<frame_label>;

static const labels expected{{0, 7, 1, -50, 30}, {12, 0, 0, 170.5, -10}};
static const char rows[] = "0,7,1,-50,30\n12,0,0,170.5,-10\n";

TEST_CASE("frame labels: rows") {
  CHECK(parse_frame_labels(rows, "a.csv").value() == expected);
  CHECK(parse_frame_labels("0, 7,1 ,-50,30\r\n\r\n12,0,0,170.5,-10", "a.csv").value() == expected);
  CHECK(parse_frame_labels("", "a.csv").value().empty());
}

TEST_CASE("frame labels: broken files are errors that name file and line") {
  const auto r = parse_frame_labels("0,7,1,-50,30\n1,x,1,-50,30\n", "a.csv");
  REQUIRE_FALSE(r);
  CHECK(r.error().text() == message("bad frame label: a.csv, line 2: expected frame, class, track (from 0), azimuth, "
                                    "elevation, got '1,x,1,-50,30'"));
  for (const char* bad : {"0,7,1,-50\n", "0,7,1,-50,30,1\n", "-1,7,1,-50,30\n", "0,7,1,nan,30\n", "0.5,7,1,-50,30\n",
                          "0\t7\t1\t-50\t30\n", "frame,class,track,azimuth,elevation\n", "0,7,1,-50,\n",
                          "99999999999999999999,7,1,-50,30\n"})
    CHECK_FALSE(parse_frame_labels(bad, "a.csv"));
}

TEST_CASE("frame labels: from a file, as a matrix") {
  const temporary_folder folder;
  folder.write("a.csv", rows);
  CHECK(read_frame_labels(folder / "a.csv").value() == expected);
  CHECK_FALSE(read_frame_labels(folder / "b.csv"));
  const auto active = frame_activity(expected, 13, 8).value();
  REQUIRE(active.size() == 13 * 8);
  CHECK(active[7] == 1);
  CHECK(active[12 * 8] == 1);
  CHECK(std::count(active.begin(), active.end(), 1) == 2);
  CHECK_FALSE(frame_activity(expected, 12, 8));
  CHECK_FALSE(frame_activity(expected, 13, 7));
  CHECK_FALSE(frame_activity({}, -1, 7));
  CHECK_FALSE(frame_activity({}, idx(1) << 40, idx(1) << 40));
  CHECK(frame_activity({}, 0, 0).value().empty());
}

TEST_CASE("frame labels: the fold of a mixture") {
  CHECK(fold_of_mixture("fold1_room1_mix001_ov1.csv") == 1);
  CHECK(fold_of_mixture("fold6_room2_mix050_ov2.wav") == 6);
  for (const char* none : {"", "fold", "fold1", "foldx_room", "fold12_room1", "room1_fold1_"})
    CHECK(fold_of_mixture(none) == 0);
}

}  // namespace frame_labels_test
