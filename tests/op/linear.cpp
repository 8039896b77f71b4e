#include "op/table/linear.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("linear keeps its contract", "[linear]", table::backends) {
  table::check<table::linear, TestType>();
}

TEMPLATE_LIST_TEST_CASE("linear: two rows by hand", "[linear]", table::backends) {
  const auto calls = table::linear::calls<TestType, float>({2, 3, 2});
  const table::floats x{1, 2, 3, -1, 0, 1}, weight{1, 0, -1, 0.5f, 0.5f, 0.5f};
  table::check_close(table::run(calls[0], {{"x", x}, {"weight", weight}, {"bias", {10, 20}}}).at("y"), {8, 23, 8, 20});
  table::check_close(table::run(calls[0], {{"x", x}, {"weight", weight}}).at("y"), {-2, 3, -2, 0});

  const auto gradients = table::run(
      calls[1],
      {{"x", x}, {"weight", weight}, {"dy", {1, 2, 3, 4}}, {"dweight", {100, 0, 0, 0, 0, 0}}, {"dbias", {0, 100}}});
  table::check_close(gradients.at("dx"), {2, 1, 0, 5, 2, -1});
  table::check_close(gradients.at("dweight"), {98, 2, 6, -2, 4, 10});
  table::check_close(gradients.at("dbias"), {4, 106});
}
