#include "op/table/reduce.hpp"

#include <cmath>
#include <limits>

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("mean_axis keeps its contract", "[mean_axis]", table::backends) {
  table::check<table::mean_axis, TestType>();
}
TEMPLATE_LIST_TEST_CASE("max_axis keeps its contract", "[max_axis]", table::backends) {
  table::check<table::max_axis, TestType>();
}

TEMPLATE_LIST_TEST_CASE("Maximum plus mean over time: PyTorch's values and gradients", "[reduce]", table::backends) {
  const op::mean_axis::size s{6, 5, 1};
  const auto x = table::golden_input(9101, 30), dy = table::golden_input(9100, 6);
  const auto mean = table::mean_axis::calls<TestType, float>(s);
  const auto max = table::max_axis::calls<TestType, float>({s.outer, s.length, s.inner});
  const auto sum = [](table::floats a, const table::floats& b) {
    for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
    return a;
  };
  table::check_golden("gradients.json", "max_plus_mean_time.y",
                      sum(table::run(mean[0], {{"x", x}}).at("y"), table::run(max[0], {{"x", x}}).at("y")));
  table::check_golden(
      "gradients.json", "max_plus_mean_time.grad0",
      sum(table::run(mean[1], {{"dy", dy}}).at("dx"), table::run(max[1], {{"x", x}, {"dy", dy}}).at("dx")));
}

TEMPLATE_LIST_TEST_CASE("Reductions of a middle axis by hand", "[reduce]", table::backends) {
  const table::floats x{1, 10, 3, 20, 3, 0};  // 3 times of 2 channels
  const auto mean = table::mean_axis::calls<TestType, float>({1, 3, 2});
  table::check_close(table::run(mean[0], {{"x", x}}).at("y"), {7 / 3.0, 10});
  table::check_close(table::run(mean[1], {{"dy", {3, 6}}}).at("dx"), {1, 2, 1, 2, 1, 2});
  const auto max = table::max_axis::calls<TestType, float>({1, 3, 2});
  table::check_close(table::run(max[0], {{"x", x}}).at("y"), {3, 20});
  table::check_close(table::run(max[1], {{"x", x}, {"dy", {7, 8}}}).at("dx"), {0, 0, 7, 8, 0, 0});  // the first 3
  const float nan = std::numeric_limits<float>::quiet_NaN();
  CHECK(std::isnan(table::run(max[0], {{"x", {1, 1, nan, 2, 3, 3}}}).at("y")[0]));
}

TEMPLATE_LIST_TEST_CASE("max_axis: the first of equal values and of NaN, on long lines", "[reduce]", table::backends) {
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
  for (const idx inner : {1, 2, 4}) {
    const auto max = table::max_axis::calls<TestType, float>({1, 1200, inner});
    const auto gradient_goes_to = [&](table::floats line, idx place) {
      table::floats x, dx;
      for (std::size_t l = 0; l < line.size(); ++l)
        for (idx i = 0; i < inner; ++i) {
          x.push_back(line[l]);
          dx.push_back(static_cast<idx>(l) == place ? 1.0f : 0.0f);
        }
      const table::floats dy(static_cast<std::size_t>(inner), 1);
      CHECK(table::run(max[1], {{"x", x}, {"dy", dy}}).at("dx") == dx);
    };
    table::floats line(1200, -infinity);
    gradient_goes_to(line, 0);
    line[700] = line[901] = 3;
    gradient_goes_to(line, 700);
    line[802] = line[803] = nan;
    gradient_goes_to(line, 802);
  }
}
