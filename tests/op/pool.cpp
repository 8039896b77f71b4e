#include "op/table/pool.hpp"

#include <cmath>
#include <limits>

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("max_pool keeps its contract", "[max_pool]", table::backends) {
  table::check<table::max_pool, TestType>();
}
TEMPLATE_LIST_TEST_CASE("avg_pool keeps its contract", "[avg_pool]", table::backends) {
  table::check<table::avg_pool, TestType>();
}

TEMPLATE_LIST_TEST_CASE("Pooling: PyTorch's values and gradients", "[pool]", table::backends) {
  const auto x = table::channels_last(table::golden_input(9101, 120), 2, 3, 5, 4);
  const auto both = [&](const std::string& record, const auto& calls, const op::pool::size& s) {
    const idx times = s.time.outputs(), mels = s.mel.outputs();
    const auto y = table::run(calls[0], {{"x", x}}).at("y");
    table::check_golden("gradients.json", record + ".y", table::channels_first(y, 2, times, mels, 3));
    table::arrays<float> given{
        {"dy", table::channels_last(table::golden_input(9100, 6 * times * mels), 2, 3, times, mels)}};
    if (calls[1].arguments.size() == 3) given["x"] = x;
    const auto dx = table::run(calls[1], given).at("dx");
    table::check_golden("gradients.json", record + ".grad0", table::channels_first(dx, 2, 5, 4, 3));
  };
  const op::pool::size same{2, 3, {5, 3, 1, 1}, {4, 3, 1, 1}}, halved{2, 3, {5, 2, 2}, {4, 2, 2}};
  const op::pool::size pairs{2, 3, {5, 1, 1}, {4, 2, 2}};
  both("avgpool_3x3_s1_p1", table::avg_pool::calls<TestType, float>(same), same);
  both("avgpool_2x2", table::avg_pool::calls<TestType, float>(halved), halved);
  both("maxpool_1x2", table::max_pool::calls<TestType, float>(pairs), pairs);

  const auto image = table::golden_input(9040, 60);
  const op::pool::size image_same{2, 1, {5, 3, 1, 1}, {6, 3, 1, 1}}, image_pairs{2, 1, {5, 1, 1}, {6, 2, 2}};
  table::check_golden("units.json", "avg_pool_3x3_s1_p1_of_x_as_image",
                      table::run(table::avg_pool::calls<TestType, float>(image_same)[0], {{"x", image}}).at("y"));
  table::check_golden("units.json", "max_pool_1x2",
                      table::run(table::max_pool::calls<TestType, float>(image_pairs)[0], {{"x", image}}).at("y"));
}

TEMPLATE_LIST_TEST_CASE("max_pool: padding never wins, NaN does, the first of equals takes the gradient", "[max_pool]",
                        table::backends) {
  const op::pool::size pairs{1, 1, {1, 1, 1}, {6, 2, 2}}, padded{1, 1, {1, 1, 1}, {3, 3, 3, 1}};
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const auto calls = table::max_pool::calls<TestType, float>(pairs);
  table::check_close(table::run(calls[1], {{"x", {2, 2, 1, 3, 5, 4}}, {"dy", {7, 8, 9}}}).at("dx"), {7, 0, 0, 8, 9, 0});
  const auto y = table::run(calls[0], {{"x", {nan, 1, 1, nan, 1, 2}}}).at("y");
  CHECK(std::isnan(y[0]));
  CHECK(std::isnan(y[1]));
  CHECK(y[2] == 2);
  table::check_close(table::run(table::max_pool::calls<TestType, float>(padded)[0], {{"x", {-5, -4, -3}}}).at("y"),
                     {-4});
}
