#include "op/table/resize.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("repeat keeps its contract", "[repeat]", table::backends) {
  table::check<table::repeat, TestType>();
}
TEMPLATE_LIST_TEST_CASE("adaptive_avg_pool keeps its contract", "[adaptive_avg_pool]", table::backends) {
  table::check<table::adaptive_avg_pool, TestType>();
}
TEMPLATE_LIST_TEST_CASE("interpolate keeps its contract", "[interpolate]", table::backends) {
  table::check<table::interpolate, TestType>();
}

TEMPLATE_LIST_TEST_CASE("Lengths: PyTorch's values", "[resize]", table::backends) {
  const auto x = table::golden_input(9040, 60);
  table::check_golden("units.json", "repeat_interleave_2_dim1",
                      table::run(table::repeat::calls<TestType, float>({2, 5, 6, 2, 10})[0], {{"x", x}}).at("y"));
  const auto matches = [&](const std::string& record, const auto& calls) {  // PyTorch's y is (item, feature, time)
    table::check_golden("units.json", record,
                        table::permuted(table::run(calls[0], {{"x", x}}).at("y"), {2, 7, 6, 1}, {0, 2, 1, 3}));
  };
  matches("adaptive_avg_pool1d_time5to7", table::adaptive_avg_pool::calls<TestType, float>({2, 5, 6, 7}));
  matches("interp_nearest_time5to7", table::interpolate::calls<TestType, float>({2, 5, 6, 7}));
  matches("interp_linear_time5to7", table::interpolate::calls<TestType, float>({2, 5, 6, 7, true}));
}

TEMPLATE_LIST_TEST_CASE("Lengths by hand", "[resize]", table::backends) {
  const auto forward = [](const auto& calls, const table::floats& x) {
    return table::run(calls[0], {{"x", x}}).at("y");
  };
  table::check_close(forward(table::repeat::calls<TestType, float>({1, 2, 1, 3, 6}), {1, 2}), {1, 1, 1, 2, 2, 2});
  table::check_close(forward(table::repeat::calls<TestType, float>({1, 2, 1, 2, 6}), {1, 2}), {1, 1, 2, 2, 2, 2});
  table::check_close(forward(table::repeat::calls<TestType, float>({1, 2, 1, 3, 4}), {1, 2}), {1, 1, 1, 2});
  table::check_close(forward(table::interpolate::calls<TestType, float>({1, 2, 1, 4, true}), {0, 1}),
                     {0, 0.25, 0.75, 1});
  table::check_close(forward(table::interpolate::calls<TestType, float>({1, 4, 1, 2}), {0, 1, 2, 3}), {0, 2});
  table::check_close(forward(table::adaptive_avg_pool::calls<TestType, float>({1, 3, 1, 2}), {0, 2, 4}), {1, 3});
  const auto repeat = table::repeat::calls<TestType, float>({1, 2, 1, 3, 6});
  table::check_close(table::run(repeat[1], {{"dy", {1, 2, 3, 4, 5, 6}}}).at("dx"), {6, 15});
  const auto held = table::repeat::calls<TestType, float>({1, 2, 1, 2, 6});
  table::check_close(table::run(held[1], {{"dy", {1, 2, 3, 4, 5, 6}}}).at("dx"), {3, 18});
}
