#include <algorithm>
#include <auris/metric/segment_grid.hpp>
#include <limits>

#include "support/catch.hpp"

namespace segment_grid_test {

using namespace auris;

using ranges = std::vector<frame_range>;

static std::vector<double> frame_times(int frames, double hop) {
  std::vector<double> times;
  for (int k = 0; k <= frames; ++k) times.push_back(k * hop);
  return times;
}

TEST_CASE("segment grid: as many segments as the duration begins") {
  CHECK(segment_grid::create(1, 2.5).value().segments() == 3);
  CHECK(segment_grid::create(1, 3).value().segments() == 3);
  CHECK(segment_grid::create(1, 0).value().segments() == 0);
  CHECK(segment_grid::create(0.2, 15 * 0.2).value().segments() == 15);  // 15 * 0.2 > 3
  CHECK(segment_grid::create(1.0 / 3, 1).value().segments() == 3);
  CHECK(segment_grid::create(0.1, 0.3, 6).value().segments() == 3);
}

TEST_CASE("segment grid: the frames that overlap a segment") {
  const segment_grid grid = segment_grid::create(1, 3).value();
  CHECK(grid.frames_of_segments(frame_times(15, 0.2)).value() == ranges{{0, 5}, {5, 10}, {10, 15}});
  CHECK(grid.frames_of_segments(frame_times(5, 0.6)).value() == ranges{{0, 2}, {1, 4}, {3, 5}});
  CHECK(grid.frames_of_segments(frame_times(1, 10)).value() == ranges{{0, 1}, {0, 1}, {0, 1}});
  CHECK(grid.frames_of_segments(frame_times(5, 0.2)).value() == ranges{{0, 5}, {5, 5}, {5, 5}});
  const std::vector<double> late{1.5, 2};
  const ranges found = grid.frames_of_segments(late).value();
  CHECK(found[0].begin == found[0].end);
  CHECK(found[1] == frame_range{0, 1});
  CHECK(found[2].begin == found[2].end);
  CHECK(grid.frames_of_segments({}).value() == ranges{{0, 0}, {0, 0}, {0, 0}});
}

TEST_CASE("segment grid: the segments that an event touches") {
  const segment_grid grid = segment_grid::create(1, 5).value();
  CHECK(grid.segments_of(1, 2) == frame_range{1, 2});
  CHECK(grid.segments_of(0.5, 2.1) == frame_range{0, 3});
  CHECK(grid.segments_of(2.5, 2.5) == frame_range{2, 3});
  CHECK(grid.segments_of(4.5, 9) == frame_range{4, 5});
  CHECK(grid.segments_of(7, 9) == frame_range{5, 5});
  const frame_range on_boundary = grid.segments_of(2, 2);
  CHECK(on_boundary.begin == on_boundary.end);
  CHECK(segment_grid::create(0.2, 4).value().segments_of(15 * 0.2, 16 * 0.2) == frame_range{15, 16});
}

TEST_CASE("segment grid: rounded to 30 decimals as numpy does") {
  // Under 60 numpy.round(float(i), 30) is below i for 15, 23, 30, 46 and above i for 27, 43, 54, 57.
  const auto among = [](int i, std::initializer_list<int> numbers) {
    return std::find(numbers.begin(), numbers.end(), i) != numbers.end();
  };
  const segment_grid grid = segment_grid::create(1, 60, 30).value();
  for (int i = 0; i < 59; ++i) {
    const bool into_next = among(i + 1, {15, 23, 30, 46}), into_last = among(i, {27, 43, 54, 57});
    CHECK(grid.segments_of(i, i + 1) == frame_range{into_last ? i - 1 : i, into_next ? i + 2 : i + 1});
  }
}

TEST_CASE("segment grid: what cannot be one is an error") {
  const double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
  for (double bad : {0.0, -1.0, nan, infinity}) CHECK_FALSE(segment_grid::create(bad, 1));
  for (double bad : {-1.0, nan, infinity, 1e9}) CHECK_FALSE(segment_grid::create(1, bad));
  CHECK_FALSE(segment_grid::create(1, 1, -2));
  CHECK_FALSE(segment_grid::create(1, 1, 101));
  const segment_grid grid = segment_grid::create(1, 3).value();
  CHECK_FALSE(grid.frames_of_segments(std::vector<double>{0, 1, 0.5}));
  CHECK_FALSE(grid.frames_of_segments(std::vector<double>{-1, 1}));
  CHECK_FALSE(grid.frames_of_segments(std::vector<double>{0, nan}));
}

}  // namespace segment_grid_test
