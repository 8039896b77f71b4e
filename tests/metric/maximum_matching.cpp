#include <algorithm>
#include <auris/core/random.hpp>
#include <auris/metric/maximum_matching.hpp>

#include "support/catch.hpp"

namespace maximum_matching_test {

using namespace auris;

using edges = std::vector<matching_edge>;

static idx size_of(const std::vector<idx>& left_of) {
  return std::count_if(left_of.begin(), left_of.end(), [](idx u) { return u >= 0; });
}

// Tries every subset of right vertices, one vertex after the other.
static idx largest(idx right, const edges& all, unsigned taken = 0, idx v = 0) {
  if (v == right) return 0;
  idx best = largest(right, all, taken, v + 1);
  for (const matching_edge& e : all)
    if (e.right == v && !(taken >> e.left & 1))
      best = std::max(best, 1 + largest(right, all, taken | 1u << e.left, v + 1));
  return best;
}

TEST_CASE("maximum matching: swaps along alternating paths") {
  CHECK(maximum_matching(2, 2, edges{{0, 0}, {0, 1}, {1, 0}}) == std::vector<idx>{1, 0});
  CHECK(maximum_matching(3, 3, edges{{0, 0}, {0, 1}, {1, 0}, {1, 2}, {2, 0}}) == std::vector<idx>{2, 0, 1});
}

TEST_CASE("maximum matching: nothing to match") {
  CHECK(maximum_matching(0, 0, {}).empty());
  CHECK(maximum_matching(2, 3, {}) == std::vector<idx>{-1, -1, -1});
}

TEST_CASE("maximum matching: an edge may be named twice") {
  CHECK(maximum_matching(1, 1, edges{{0, 0}, {0, 0}}) == std::vector<idx>{0});
}

TEST_CASE("maximum matching: as large as trying everything, in random graphs") {
  random_sequence random(3);
  for (int trial = 0; trial < 200; ++trial) {
    const idx left = 1 + static_cast<idx>(random.below(6)), right = 1 + static_cast<idx>(random.below(6));
    edges some;
    for (idx v = 0; v < right; ++v)
      for (idx u = 0; u < left; ++u)
        if (random.uniform() < 0.35) some.push_back({u, v});
    const std::vector<idx> left_of = maximum_matching(left, right, some);
    REQUIRE(size_of(left_of) == largest(right, some));
    for (idx v = 0; v < right; ++v) {
      const idx u = left_of[static_cast<std::size_t>(v)];
      if (u < 0) continue;
      REQUIRE(std::count(left_of.begin(), left_of.end(), u) == 1);
      REQUIRE(std::any_of(some.begin(), some.end(), [&](const auto& e) { return e.left == u && e.right == v; }));
    }
  }
}

TEST_CASE("maximum matching: a path through every vertex does not exhaust the stack") {
  constexpr idx n = 200000;
  edges chain;  // u fits v = u and u + 1; the first choice of all but the last must be undone
  for (idx u = 0; u < n; ++u) {
    chain.push_back({u, u});
    if (u > 0) chain.push_back({u, u - 1});
  }
  chain.push_back({n, n - 1});
  CHECK(size_of(maximum_matching(n + 1, n, chain)) == n);
  edges back;  // u prefers u + 1, so that the last one finds its place taken all the way down
  for (idx u = 0; u + 1 < n; ++u) back.insert(back.end(), {{u, u + 1}, {u, u}});
  back.push_back({n - 1, n - 1});
  CHECK(size_of(maximum_matching(n, n, back)) == n);
}

}  // namespace maximum_matching_test
