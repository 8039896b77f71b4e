#include <auris/data/k_fold.hpp>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("shuffled_k_fold: the splits of scikit-learn") {
  // numpy's order for seed 1234: 7 2 9 1 0 8 4 5 6 3; of 10 items in 4 folds the first two have 3.
  const auto splits = shuffled_k_fold(10, 4, 1234).value();
  REQUIRE(splits.size() == 4);
  const std::vector<std::vector<idx>> tests{{2, 7, 9}, {0, 1, 8}, {4, 5}, {3, 6}};
  for (std::size_t k = 0; k < 4; ++k) CHECK(splits[k].test == tests[k]);
  CHECK(splits[0].train == std::vector<idx>{0, 1, 3, 4, 5, 6, 8});

  const auto published = shuffled_k_fold(4970, 5, 42).value();
  CHECK(published[0].test.size() == 994);
  CHECK(published[0].train.size() == 3976);
  CHECK(std::vector<idx>(published[0].test.begin(), published[0].test.begin() + 6) ==
        std::vector<idx>{8, 12, 17, 19, 23, 26});
  CHECK(std::accumulate(published[0].test.begin(), published[0].test.end(), idx{0}) == 2'423'130);
}

TEST_CASE("shuffled_k_fold: what cannot be split is an error") {
  CHECK(shuffled_k_fold(3, 4, 0).error().text() ==
        "cannot split: k fold: expected 2 folds or more, and items for each, got 3 items, 4 folds");
  CHECK_FALSE(shuffled_k_fold(10, 1, 0));
  CHECK_FALSE(shuffled_k_fold(-1, 2, 0));
  CHECK_FALSE(shuffled_k_fold(idx(1) << 32, 2, 0));
  CHECK(shuffled_k_fold(2, 2, 0).value()[1].test.size() == 1);
}
