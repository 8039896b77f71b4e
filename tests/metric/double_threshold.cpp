#include <auris/metric/double_threshold.hpp>
#include <limits>

#include "support/catch.hpp"

namespace double_threshold_test {

using namespace auris;

using floats = std::vector<float>;
using ranges = std::vector<frame_range>;

static floats steps(std::initializer_list<std::pair<int, float>> parts) {
  floats x;
  for (auto [frames, value] : parts) x.insert(x.end(), static_cast<std::size_t>(frames), value);
  return x;
}
static ranges active(const floats& x, idx smooth, idx salt) {
  return double_threshold(x, {.high = 0.2f, .low = 0.1f, .smooth = smooth, .salt = salt}).value();
}

TEST_CASE("double threshold: runs above the low one that reach over the high one") {
  const floats x{0, .15f, .3f, .1f, 0, 0, .15f, .2f, 0, 0, .25f};
  CHECK(active(x, 0, 0) == ranges{{1, 4}, {10, 11}});  // .1 >= low stays; .2 > high does not hold
}

TEST_CASE("double threshold: a gap of one frame is always joined, longer ones up to smooth") {
  const floats x = steps({{2, 1}, {1, 0}, {2, 1}, {3, 0}, {2, 1}});
  CHECK(active(x, 0, 0) == ranges{{0, 5}, {8, 10}});
  CHECK(active(x, 2, 0) == ranges{{0, 5}, {8, 10}});
  CHECK(active(x, 3, 0) == ranges{{0, 10}});
}

TEST_CASE("double threshold: with salt 10 a run of 11 frames stays, one of 10 goes") {
  const floats x = steps({{11, 1}, {20, 0}, {10, 1}, {20, 0}, {5, .15f}, {1, 1}, {5, .15f}});
  CHECK(double_threshold(x).value() == ranges{{0, 11}, {61, 72}});
}

TEST_CASE("double threshold: joined before short runs are dropped") {
  CHECK(active(steps({{3, 1}, {2, 0}, {3, 1}}), 2, 5) == ranges{{0, 8}});
}

TEST_CASE("double threshold: nothing, silence, one frame") {
  CHECK(active({}, 10, 10).empty());
  CHECK(active({0, 0, 0}, 10, 0).empty());
  CHECK(active({1}, 10, 0) == ranges{{0, 1}});
}

TEST_CASE("double threshold: bad options and scores are errors") {
  const floats x{1};
  const float nan = std::numeric_limits<float>::quiet_NaN();
  CHECK_FALSE(double_threshold(x, {.high = 0.1f, .low = 0.2f}));
  CHECK_FALSE(double_threshold(x, {.high = nan}));
  CHECK_FALSE(double_threshold(x, {.smooth = -1}));
  CHECK_FALSE(double_threshold(x, {.salt = -1}));
  CHECK_FALSE(double_threshold(floats{0, nan}));
}

}  // namespace double_threshold_test
