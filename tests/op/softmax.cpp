#include "op/table/activation.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("softmax keeps its contract", "[softmax]", table::backends) {
  table::check<table::softmax, TestType>();
}
TEMPLATE_LIST_TEST_CASE("log_softmax keeps its contract", "[log_softmax]", table::backends) {
  table::check<table::log_softmax, TestType>();
}

TEMPLATE_LIST_TEST_CASE("Softmax: PyTorch's values and gradients", "[softmax]", table::backends) {
  const auto x = table::golden_input(9101, 24, 3), dy = table::golden_input(9100, 24);
  const auto both = [&](const auto& calls, const std::string& record) {
    const auto y = table::run(calls[0], {{"x", x}}).at("y");
    table::check_golden("gradients.json", record + ".y", y);
    table::check_golden("gradients.json", record + ".grad0", table::run(calls[1], {{"y", y}, {"dy", dy}}).at("dx"));
  };
  both(table::softmax::calls<TestType, float>({6, 4, 1}), "softmax");
  both(table::log_softmax::calls<TestType, float>({6, 4, 1}), "log_softmax");
  table::check_golden(
      "units.json", "softmax_last",
      table::run(table::softmax::calls<TestType, float>({10, 6, 1})[0], {{"x", table::golden_input(9040, 60)}})
          .at("y"));
}

TEMPLATE_LIST_TEST_CASE("Softmax of large values; over a middle axis", "[softmax]", table::backends) {
  const auto softmax = [](const op::softmax::size& s, const table::floats& x) {
    return table::run(table::softmax::calls<TestType, float>(s)[0], {{"x", x}}).at("y");
  };
  table::check_close(softmax({1, 3, 1}, {1000, 1000, 1000}), {1 / 3.0, 1 / 3.0, 1 / 3.0});
  table::check_close(softmax({1, 2, 1}, {-1000, 1000}), {0, 1});
  table::check_close(softmax({1, 2, 2}, {0, 5, 0, 5}), {0.5, 0.5, 0.5, 0.5});
  const auto logarithm = table::run(table::log_softmax::calls<TestType, float>({1, 2, 1})[0], {{"x", {-1000, 1000}}});
  table::check_close(logarithm.at("y"), {-2000, 0});
}
