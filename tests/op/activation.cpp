#include "op/table/activation.hpp"

#include <cmath>
#include <limits>

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

namespace activation_test {

using namespace auris;

TEMPLATE_LIST_TEST_CASE("relu keeps its contract", "[relu]", table::backends) { table::check<table::relu, TestType>(); }
TEMPLATE_LIST_TEST_CASE("sigmoid keeps its contract", "[sigmoid]", table::backends) {
  table::check<table::sigmoid, TestType>();
}
TEMPLATE_LIST_TEST_CASE("tanh keeps its contract", "[tanh]", table::backends) { table::check<table::tanh, TestType>(); }
TEMPLATE_LIST_TEST_CASE("gelu keeps its contract", "[gelu]", table::backends) { table::check<table::gelu, TestType>(); }

namespace {
template <class Row, class Backend>
table::floats forward(const table::floats& x) {
  return table::run(Row::template calls<Backend, float>({static_cast<idx>(x.size())})[0], {{"x", x}}).at("y");
}
/// Where x is what backward reads, or y.
template <class Row, class Backend>
table::floats backward(const table::floats& x, const table::floats& y, const table::floats& dy) {
  return table::run(Row::template calls<Backend, float>({static_cast<idx>(dy.size())})[1],
                    {{"x", x}, {"y", y}, {"dy", dy}})
      .at("dx");
}
const float infinite = std::numeric_limits<float>::infinity(), not_a_number = std::numeric_limits<float>::quiet_NaN();
}  // namespace

TEMPLATE_LIST_TEST_CASE("Activations by hand", "[activation]", table::backends) {
  table::check_close(forward<table::relu, TestType>({-2, 0, 3, -infinite, 1e30f}), {0, 0, 3, 0, 1e30});
  table::check_close(backward<table::relu, TestType>({-2, 0, 3}, {0, 0, 3}, {5, 6, 7}), {0, 0, 7});
  table::check_close(forward<table::sigmoid, TestType>({0, 2, -2, 100, -100, infinite, -infinite}),
                     {0.5, 0.880797078, 0.119202922, 1, 0, 1, 0});
  table::check_close(backward<table::sigmoid, TestType>({0, 0}, {0.5f, 0.25f}, {8, 16}), {2, 3});
  table::check_close(forward<table::tanh, TestType>({0, 1, -1, 100, -100, 1e-4f}),
                     {0, 0.761594156, -0.761594156, 1, -1, 1e-4});
  table::check_close(backward<table::tanh, TestType>({0, 0}, {0.5f, -1}, {4, 4}), {3, 0});
  table::check_close(forward<table::gelu, TestType>({0, 1, -1, 10, -10}), {0, 0.841344746, -0.158655254, 10, 0});
}

TEMPLATE_LIST_TEST_CASE("Activations: NaN stays NaN, in every lane", "[activation]", table::backends) {
  table::floats x(19, 0.5f);
  for (std::size_t i = 0; i < x.size(); ++i) {
    auto one = x;
    one[i] = not_a_number;
    for (const auto& y : {forward<table::relu, TestType>(one), forward<table::sigmoid, TestType>(one),
                          forward<table::tanh, TestType>(one), forward<table::gelu, TestType>(one)})
      for (std::size_t k = 0; k < y.size(); ++k) CHECK(std::isnan(y[k]) == (k == i));
  }
}

TEMPLATE_LIST_TEST_CASE("GELU: PyTorch's values and gradients", "[gelu]", table::backends) {
  auto tripled = table::golden_input(9040, 60);
  for (float& v : tripled) v *= 3;
  table::check_golden("units.json", "gelu_erf_of_3x", forward<table::gelu, TestType>(tripled));
  const auto x = table::golden_input(9101, 24, 3);
  table::check_golden("gradients.json", "gelu.y", forward<table::gelu, TestType>(x));
  table::check_golden("gradients.json", "gelu.grad0",
                      backward<table::gelu, TestType>(x, table::floats(24), table::golden_input(9100, 24)));
}

}  // namespace activation_test
