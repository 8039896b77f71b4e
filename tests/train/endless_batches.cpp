#include <auris/train/endless_batches.hpp>

#include <algorithm>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("endless_batches: each pass has every item at most once, in another order") {
  auto batches = endless_batches::create(7, 3, 1).value();
  std::vector<std::vector<idx>> passes;
  for (int pass = 0; pass < 3; ++pass) {
    std::vector<idx> all;
    for (int k = 0; k < 2; ++k) {
      const auto items = batches.next();
      REQUIRE(items.size() == 3);
      all.insert(all.end(), items.begin(), items.end());
    }
    passes.push_back(all);
    std::sort(all.begin(), all.end());
    CHECK(std::adjacent_find(all.begin(), all.end()) == all.end());
    CHECK((all.front() >= 0 && all.back() < 7));
  }
  CHECK(passes[0] != passes[1]);
  CHECK(passes[1] != passes[2]);
  auto same = endless_batches::create(7, 3, 1).value(), other = endless_batches::create(7, 3, 2).value();
  const auto first = same.next();
  CHECK(std::equal(first.begin(), first.end(), passes[0].begin()));
  const auto different = other.next();
  CHECK_FALSE(std::equal(different.begin(), different.end(), passes[0].begin()));
}

TEST_CASE("endless_batches: what never gives a batch is refused") {
  CHECK(endless_batches::create(3, 4, 1).error().text() ==
        "bad size of a batch: endless_batches: expected 1 to 3, the number of items, got 4");
  CHECK_FALSE(endless_batches::create(3, 0, 1));
  CHECK_FALSE(endless_batches::create(0, 1, 1));
  CHECK(endless_batches::create(3, 3, 1).value().next().size() == 3);
}
