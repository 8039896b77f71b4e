#include <auris/metric/frame_range.hpp>

#include "support/catch.hpp"

namespace frame_range_test {

using namespace auris;

static std::vector<frame_range> runs_of(const std::vector<int>& x) {
  return runs(static_cast<idx>(x.size()), [&](idx k) { return x[static_cast<std::size_t>(k)] == 1; });
}

TEST_CASE("runs: of consecutive active frames") {
  using ranges = std::vector<frame_range>;
  CHECK(runs_of({0, 1, 1, 0, 1}) == ranges{{1, 3}, {4, 5}});
  CHECK(runs_of({1, 1, 1}) == ranges{{0, 3}});
  CHECK(runs_of({1}) == ranges{{0, 1}});
  CHECK(runs_of({0, 0}).empty());
  CHECK(runs_of({}).empty());
}

}  // namespace frame_range_test
