#include "op/table/logarithm.hpp"

#include <auris/core/random.hpp>
#include <cmath>
#include <limits>

#include "op/backends.hpp"
#include "op/checks.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("logarithm keeps its contract", "[logarithm]", table::backends) {
  table::check<table::logarithm, TestType>();
}

namespace {
template <class Backend, class T>
std::vector<T> logarithm(const std::vector<T>& x, double floor, double offset, double scale) {
  return table::run(table::logarithm::calls<Backend, T>({static_cast<idx>(x.size()), floor, offset, scale})[0],
                    {{"x", x}})
      .at("y");
}
}  // namespace

TEMPLATE_LIST_TEST_CASE("logarithm: decibels with a floor", "[logarithm]", table::backends) {
  const auto y = logarithm<TestType, float>({1, 10, 0, 1e-10f, 1e-12f, 2}, 1e-10, 0, op::logarithm::decibel);
  const std::vector<double> expected{0, 10, -100, -100, -100, 3.0102999566};
  for (std::size_t i = 0; i < y.size(); ++i) CHECK(y[i] == Approx(expected[i]).margin(1e-6));
}

TEMPLATE_LIST_TEST_CASE("logarithm: natural with an offset", "[logarithm]", table::backends) {
  const auto y = logarithm<TestType, double>({0, 1, 2.5}, 0, 1e-5, 1);
  CHECK(y[0] == Approx(-11.512925465));
  CHECK(y[1] == Approx(9.99995e-6));
  CHECK(y[2] == Approx(0.916294732));
}

TEMPLATE_LIST_TEST_CASE("logarithm: zeros alone are replaced", "[logarithm]", table::backends) {
  const auto calls = table::logarithm::calls<TestType, float>({3, 0, 0, 1, 1e-7});
  const auto y = table::run(calls[0], {{"x", {0, 1e-9f, 1}}}).at("y");
  CHECK(y[0] == Approx(std::log(1e-7)));
  CHECK(y[1] == Approx(std::log(1e-9)));
  CHECK(y[2] == 0);
}

TEMPLATE_LIST_TEST_CASE("logarithm: within two units in the last place", "[logarithm]", table::backends) {
  std::vector<float> x;
  for (int e = -148; e < 128; ++e)
    for (std::uint64_t i = 0; i < 40; ++i) x.push_back(static_cast<float>(std::ldexp(1 + uniform(3, i), e)));
  for (std::uint64_t i = 0; i < 3000; ++i) x.push_back(static_cast<float>(0.5 + uniform(4, i)));
  const auto y = logarithm<TestType, float>(x, 0, 0, 1);
  double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double exact = std::log(double(x[i]));
    const auto step = std::nextafter(std::abs(static_cast<float>(exact)), 1e9f) - std::abs(static_cast<float>(exact));
    worst = std::max(worst, std::abs(double(y[i]) - exact) / std::max(double(step), 1e-9));
  }
  CHECK(worst < 2);
}

TEMPLATE_LIST_TEST_CASE("logarithm: zero, infinity and what is not a number", "[logarithm]", table::backends) {
  constexpr float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
  const auto y = logarithm<TestType, float>({0, infinity, nan}, 0, 0, 1);
  CHECK(y[0] == -infinity);
  CHECK(y[1] == infinity);
  CHECK(std::isnan(y[2]));
}

TEMPLATE_LIST_TEST_CASE("logarithm: a value's bits do not depend on its place", "[logarithm]", table::backends) {
  std::vector<float> x(5000);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(uniform(5, i));
  const auto all = logarithm<TestType, float>(x, 1e-10, 0, op::logarithm::decibel);
  for (std::size_t i = 0; i < x.size(); i += 7)
    CHECK(logarithm<TestType, float>({x[i]}, 1e-10, 0, op::logarithm::decibel)[0] == all[i]);
}
