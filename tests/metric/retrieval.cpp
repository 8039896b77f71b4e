#include <auris/metric/retrieval.hpp>

#include "support/catch.hpp"

namespace retrieval_test {

using namespace auris;

using floats = std::vector<float>;
using items = std::vector<idx>;

static const std::vector<floats> rows{{.9f, .1f, .3f}, {.2f, .8f, .5f}, {.4f, .6f, .1f},
                                      {.3f, .2f, .7f}, {.1f, .9f, .2f}, {.6f, .5f, .55f}};

static void check_example(const retrieval_result& r) {
  CHECK(r.map == Approx(0.611111).margin(5e-7));
  REQUIRE(r.recall.size() == 3);
  CHECK(r.recall[0] == Approx(0.333333).margin(5e-7));
  CHECK(r.recall[1] == 1);
  CHECK(r.queries == 6);
}

TEST_CASE("retrieval: six captions of three recordings") {
  retrieval metric;
  for (std::size_t q = 0; q < rows.size(); ++q) metric.add(rows[q], items{static_cast<idx>(q / 2)}).value();
  check_example(metric.result());
}

TEST_CASE("retrieval: merged accumulators equal one") {
  retrieval a, b;
  for (std::size_t q = 0; q < rows.size(); ++q) (q < 2 ? a : b).add(rows[q], items{static_cast<idx>(q / 2)}).value();
  a.merge(b).value();
  check_example(a.result());
  CHECK_FALSE(a.merge(retrieval({1}, 10)));
}

TEST_CASE("retrieval: several relevant items, and ranks beyond the cut") {
  retrieval metric({2}, 2);
  metric.add(floats{.9f, .8f, .7f, .6f}, items{0, 2, 3}).value();  // ranks 1, 3, 4: 1/1 of at most 2
  CHECK(metric.result().map == 0.5);
  metric.add(floats{.9f, .8f, .7f, .6f}, items{3}).value();
  CHECK(metric.result().map == 0.25);
  CHECK(metric.result().recall[0] == 0.5);
}

TEST_CASE("retrieval: equal similarities in the order of items") {
  retrieval metric({1}, 10);
  metric.add(floats{.5f, .5f}, items{1}).value();
  CHECK(metric.result().map == 0.5);
  CHECK(metric.result().recall[0] == 0);
}

TEST_CASE("retrieval: nothing, a query without relevant items, errors add nothing") {
  retrieval metric;
  CHECK(std::isnan(metric.result().map));
  CHECK_FALSE(metric.add(floats{.5f}, items{1}));
  CHECK_FALSE(metric.add(floats{.5f}, items{-1}));
  CHECK_FALSE(metric.add(floats{.5f}, items{0, 0}));
  CHECK_FALSE(metric.add(floats{std::nanf("")}, items{0}));
  CHECK(metric.result().queries == 0);
  metric.add(floats{}, items{}).value();
  CHECK(metric.result().map == 0);
  CHECK(metric.result().recall[2] == 0);
}

}  // namespace retrieval_test
