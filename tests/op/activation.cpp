#include "op/table/activation.hpp"

#include <cmath>
#include <limits>

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("relu keeps its contract", "[relu]", table::backends) { table::check<table::relu, TestType>(); }
TEMPLATE_LIST_TEST_CASE("sigmoid keeps its contract", "[sigmoid]", table::backends) {
  table::check<table::sigmoid, TestType>();
}
TEMPLATE_LIST_TEST_CASE("tanh keeps its contract", "[tanh]", table::backends) { table::check<table::tanh, TestType>(); }
TEMPLATE_LIST_TEST_CASE("gelu keeps its contract", "[gelu]", table::backends) { table::check<table::gelu, TestType>(); }
TEMPLATE_LIST_TEST_CASE("softmax keeps its contract", "[softmax]", table::backends) {
  table::check<table::softmax, TestType>();
}
TEMPLATE_LIST_TEST_CASE("log_softmax keeps its contract", "[log_softmax]", table::backends) {
  table::check<table::log_softmax, TestType>();
}
TEMPLATE_LIST_TEST_CASE("dropout keeps its contract", "[dropout]", table::backends) {
  table::check<table::dropout, TestType>();
}

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

TEMPLATE_LIST_TEST_CASE("dropout: what is dropped is a function of key, item and element", "[dropout]",
                        table::backends) {
  const random_key key{.seed = 3, .step = 4, .stream = 5};
  const auto ones = [](idx items, random_key k) {
    return table::run(table::dropout::calls<TestType, float>({{items, 1000, 0.2}, k})[0],
                      {{"x", table::floats(static_cast<std::size_t>(items) * 1000, 1)}})
        .at("y");
  };
  const auto whole = ones(4, key);
  idx dropped = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    CHECK(whole[i] == (key.uniform(i) < 0.2 ? 0.0f : 1.25f));
    dropped += whole[i] == 0;
  }
  CHECK(dropped > 700);  // 800 expected, standard deviation 25
  CHECK(dropped < 900);

  auto parts = ones(1, key);
  for (const float v : ones(3, {key.seed, key.step, key.stream, 1})) parts.push_back(v);
  CHECK(parts == whole);  // a batch in two parts
  CHECK(ones(4, {3, 5, 5}) != whole);
}
