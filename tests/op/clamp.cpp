#include "op/table/clamp.hpp"

#include <cmath>
#include <limits>

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("clamp keeps its contract", "[clamp]", table::backends) {
  table::check<table::clamp, TestType>();
}

TEMPLATE_LIST_TEST_CASE("clamp: both ends, where gradients still pass; NaN", "[clamp]", table::backends) {
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
  const auto calls = table::clamp::calls<TestType, float>({7, 0, 1});
  const table::floats x{-1, 0, 0.25, 1, 2, infinity, -infinity};
  CHECK(table::run(calls[0], {{"x", x}}).at("y") == table::floats{0, 0, 0.25, 1, 1, 1, 0});
  CHECK(table::run(calls[1], {{"x", x}, {"dy", table::floats(7, 3)}}).at("dx") == table::floats{0, 3, 3, 3, 0, 0, 0});
  const auto y = table::run(table::clamp::calls<TestType, float>({1, 0, 1})[0], {{"x", {nan}}}).at("y");
  CHECK(std::isnan(y[0]));
}
