#include <auris/core/executor.hpp>
#include <vector>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("serial: every block once, in order, on the calling thread") {
  std::vector<idx> seen;
  serial one;
  for_blocks(one, 5, [&](idx block, int worker) {
    CHECK(worker == 0);
    seen.push_back(block);
  });
  CHECK(seen == std::vector<idx>{0, 1, 2, 3, 4});
  for_blocks(one, 0, [&](idx, int) { FAIL("no block was asked for"); });
}

TEST_CASE("for_ranges: the last range is shorter") {
  std::vector<idx> borders;
  for_ranges(calling_thread, 10, 4, [&](idx begin, idx end, int) {
    borders.push_back(begin);
    borders.push_back(end);
  });
  CHECK(borders == std::vector<idx>{0, 4, 4, 8, 8, 10});
}
