#include "op/table/attention_pool.hpp"

#include <cmath>
#include <limits>

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("attention_pool keeps its contract", "[attention_pool]", table::backends) {
  table::check<table::attention_pool, TestType>();
}

namespace {
constexpr auto code = op::attention_pool::form::code, paper = op::attention_pool::form::paper;

template <class Backend>
table::arrays<float> pooled(const op::attention_pool::size& s, const table::arrays<float>& given) {
  return table::run(table::attention_pool::calls<Backend, float>(s)[0], given);
}
double sigmoid(double v) { return 1 / (1 + std::exp(-v)); }
}  // namespace

TEMPLATE_LIST_TEST_CASE("attention_pool: both forms by hand", "[attention_pool]", table::backends) {
  // value is the identity, attention exchanges both values.
  const table::arrays<float> given{{"x", {1, 3}},
                                   {"value", {1, 0, 0, 1}},
                                   {"value_bias", {0, 1}},
                                   {"attention", {0, 1, 1, 0}},
                                   {"attention_bias", {0, 0}}};
  const double high = std::exp(3.0) / (std::exp(3.0) + std::exp(1.0));
  const auto by_code = pooled<TestType>({1, 1, 2, 1, code}, given);
  table::check_close(by_code.at("a"), {high, 1 - high});
  table::check_close(by_code.at("y"), {high * sigmoid(1) + (1 - high) * sigmoid(4)});
  const double first = std::exp(sigmoid(3)) / (std::exp(sigmoid(3)) + std::exp(sigmoid(1)));
  const auto by_paper = pooled<TestType>({1, 1, 2, 1, paper}, given);
  table::check_close(by_paper.at("a"), {first, 1 - first});
  table::check_close(by_paper.at("y"), {first * 1 + (1 - first) * 4});
}

TEMPLATE_LIST_TEST_CASE("attention_pool: a map of weights for each class", "[attention_pool]", table::backends) {
  // Two times of two mels of three classes; weights follow x, steeply.
  const table::arrays<float> given{{"x", {9, 0, 9, 0, 9, 0, 0, 9, 9, 9, 0, 0}},
                                   {"value", {0, 0, 0, 0}},
                                   {"value_bias", {0, 0}},
                                   {"attention", {10, 0, 0, 10}},
                                   {"attention_bias", {0, 0}}};
  const auto found = pooled<TestType>({1, 2, 2, 3, code}, given);
  table::check_close(found.at("a"), {1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0});
  table::check_close(found.at("y"), {0.5, 0.5, 0.5, 0.5, 0.5, 0.5});
}

TEMPLATE_LIST_TEST_CASE("attention_pool: large values stay finite, NaN stays NaN", "[attention_pool]",
                        table::backends) {
  const auto of = [](float first, op::attention_pool::form how) {
    return pooled<TestType>({1, 1, 2, 1, how}, {{"x", {first, 0}},
                                                {"value", {1, 0, 0, 1}},
                                                {"value_bias", {0, 0}},
                                                {"attention", {1, 0, 0, 1}},
                                                {"attention_bias", {0, 0}}})
        .at("y");
  };
  table::check_close(of(1000, code), {1});
  table::check_close(of(-1000, code), {0.5});
  table::check_close(of(-1000, paper), {-1000 / (1 + std::exp(0.5))}, 1e-5);
  for (const auto how : {code, paper}) CHECK(std::isnan(of(std::numeric_limits<float>::quiet_NaN(), how)[0]));
}
