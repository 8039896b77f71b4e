#include "op/table/weighted_rank.hpp"

#include <cmath>
#include <limits>

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("weighted_rank keeps its contract", "[weighted_rank]", table::backends) {
  table::check<table::weighted_rank, TestType>();
}

TEMPLATE_LIST_TEST_CASE("weighted_rank by hand: both signs, equal values, both zeros", "[weighted_rank]",
                        table::backends) {
  const auto of = [](const table::floats& x, double ratio) {
    return table::run(table::weighted_rank::calls<TestType, float>({1, static_cast<idx>(x.size()), 1, ratio})[0],
                      {{"x", x}});
  };
  table::check_close(of({-1, 3, 2}, 0.5).at("share"), {1 / 7.0, 4 / 7.0, 2 / 7.0});
  table::check_close(of({-1, 3, 2}, 0.5).at("y"), {15 / 7.0});
  table::check_close(of({-4, -1, -2}, 0.5).at("share"), {1 / 7.0, 4 / 7.0, 2 / 7.0});
  table::check_close(of({5, 5, 5}, 0.5).at("share"), {4 / 7.0, 2 / 7.0, 1 / 7.0});
  table::check_close(of({-0.0f, 0.0f, -0.0f}, 0.5).at("share"), {4 / 7.0, 2 / 7.0, 1 / 7.0});
  table::check_close(of({-1, 3, 2}, 0).at("y"), {3});
  table::check_close(of({-1, 3, 2}, 1).at("y"), {4 / 3.0});
}

TEMPLATE_LIST_TEST_CASE("weighted_rank: NaN comes first, infinities at their ends", "[weighted_rank]",
                        table::backends) {
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
  const auto found = table::run(table::weighted_rank::calls<TestType, float>({1, 5, 1, 0.5})[0],
                                {{"x", {-infinity, 1e30f, -nan, infinity, nan}}});
  table::check_close(found.at("share"), {1 / 31.0, 2 / 31.0, 16 / 31.0, 4 / 31.0, 8 / 31.0});
  CHECK(std::isnan(found.at("y")[0]));
}

TEMPLATE_LIST_TEST_CASE("weighted_rank: the weights of maps as large as the paper's", "[weighted_rank]",
                        table::backends) {
  const op::weighted_rank::size s{1, 311 * 64, 1, 0.9998};
  table::floats x(static_cast<std::size_t>(s.length));
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = i == 0 ? 1.0f : 0.0f;
  const auto found = table::run(table::weighted_rank::calls<TestType, float>(s)[0], {{"x", x}});
  CHECK(1 / found.at("y")[0] == Approx(4906.6836).epsilon(1e-5));
  CHECK(found.at("share").back() / found.at("share").front() == Approx(0.0187).epsilon(5e-3));
}
