#include "op/table/optimiser.hpp"

#include <limits>

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("adam keeps its contract", "[adam]", table::backends) { table::check<table::adam, TestType>(); }
TEMPLATE_LIST_TEST_CASE("sgd keeps its contract", "[sgd]", table::backends) { table::check<table::sgd, TestType>(); }
TEMPLATE_LIST_TEST_CASE("squared_norm keeps its contract", "[squared_norm]", table::backends) {
  table::check<table::squared_norm, TestType>();
}
TEMPLATE_LIST_TEST_CASE("clip keeps its contract", "[clip]", table::backends) { table::check<table::clip, TestType>(); }

TEMPLATE_LIST_TEST_CASE("Adam and AdamW: PyTorch's parameters after three steps", "[adam]", table::backends) {
  const auto after_three = [](double weight_decay, bool decoupled) {
    table::floats w = table::golden_input(9041, 5), m(5), v(5);
    for (idx step = 1; step <= 3; ++step) {
      const auto call = table::adam::calls<TestType, float>(
          {.count = 5, .step = step, .rate = 1e-3, .weight_decay = weight_decay, .decoupled = decoupled})[0];
      const auto g = table::golden_input(9041 + static_cast<std::uint64_t>(step), 5);
      const auto next = table::run(call, {{"g", g}, {"m", m}, {"v", v}, {"w", w}});
      w = next.at("w"), m = next.at("m"), v = next.at("v");
    }
    return w;
  };
  table::check_golden("units.json", "param_after_3_adam_steps", after_three(0, false));
  table::check_golden("units.json", "param_after_3_adamw_wd0.01_steps", after_three(0.01, true));
}

TEMPLATE_LIST_TEST_CASE("SGD by hand: two steps with gradient 1/2 from 1", "[sgd]", table::backends) {
  const auto two_steps = [](op::sgd::size s) {
    table::floats w{1}, m{std::numeric_limits<float>::quiet_NaN()}, all;  // the first step reads no momentum
    for (s.step = 1; s.step <= 2; ++s.step) {
      const auto next = table::run(table::sgd::calls<TestType, float>(s)[0], {{"g", {0.5f}}, {"m", m}, {"w", w}});
      w = next.at("w"), m = next.at("m");
      all.push_back(w[0]);
    }
    return all;
  };
  table::check_close(two_steps({.count = 1, .step = 1, .rate = 0.1}), {0.95, 0.9});
  table::check_close(two_steps({.count = 1, .step = 1, .rate = 0.1, .momentum = 0.9}), {0.95, 0.855});
  table::check_close(two_steps({.count = 1, .step = 1, .rate = 0.1, .momentum = 0.9, .nesterov = true}),
                     {0.905, 0.7695});
  table::check_close(two_steps({.count = 1, .step = 1, .rate = 0.1, .weight_decay = 0.1}), {0.94, 0.8806});
}

TEMPLATE_LIST_TEST_CASE("Squared norm is added; what is above the largest norm shrinks", "[optimiser]",
                        table::backends) {
  const auto norm = table::squared_norm::calls<TestType, float>({2})[0];
  table::check_close(table::run(norm, {{"x", {3, 4}}, {"value", {1}}}).at("value"), {26});
  const auto clipped = [](float squares, double largest) {
    return table::run(table::clip::calls<TestType, float>({3, largest})[0], {{"squares", {squares}}, {"x", {4, -8, 0}}})
        .at("x");
  };
  table::check_close(clipped(16, 3), {3, -6, 0});
  CHECK(clipped(16, 4.5) == table::floats{4, -8, 0});
  CHECK(clipped(0, 1) == table::floats{4, -8, 0});
  CHECK(clipped(std::numeric_limits<float>::quiet_NaN(), 1) == table::floats{4, -8, 0});
}
