#include "op/table/weighted_mean.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("weighted_mean keeps its contract", "[weighted_mean]", table::backends) {
  table::check<table::weighted_mean, TestType>();
}

TEMPLATE_LIST_TEST_CASE("weighted_mean by hand; weights that add up to nothing", "[weighted_mean]", table::backends) {
  const auto calls = table::weighted_mean::calls<TestType, float>({1, 2, 2});
  const table::floats x{1, 5, 4, 7}, weight{2, 0, 1, 0}, dy{3, 1};
  table::check_close(table::run(calls[0], {{"x", x}, {"weight", weight}}).at("y"), {2, 0});
  const auto gradients = table::run(calls[1], {{"x", x}, {"weight", weight}, {"dy", dy}});
  table::check_close(gradients.at("dx"), {2, 0, 1, 0});
  table::check_close(gradients.at("dweight"), {-1, 0, 2, 0});
}
