#include <auris/backend/cpu.hpp>
#include <auris/backend/reference.hpp>
#include <auris/core/random.hpp>
#include <vector>

#include "support/catch.hpp"

using namespace auris;

TEMPLATE_TEST_CASE("dct: worked example", "", reference, cpu) {
  std::vector<double> table(4), y(4);
  op::dct::make_table(2, 2, table.data());
  const std::vector<double> x{1, 3, 5, 5};
  kernel_of<op::dct, TestType, double>::forward({}, {2, 2, 2}, x.data(), table.data(), y.data());
  const double root = std::sqrt(2.0);  // (x0 + x1) / sqrt 2 and (x0 - x1) / sqrt 2
  CHECK(y[0] == Approx(4 / root));
  CHECK(y[1] == Approx(-2 / root));
  CHECK(y[2] == Approx(10 / root));
  CHECK(y[3] == Approx(0).margin(1e-12));
}

TEMPLATE_TEST_CASE("dct: all coefficients keep the energy, fewer are the first of them", "", reference, cpu) {
  const idx length = 37;
  std::vector<double> x(37), table(37 * 37), y(37), some(5);
  for (std::size_t i = 0; i < 37; ++i) x[i] = uniform(6, i);
  op::dct::make_table(length, length, table.data());
  kernel_of<op::dct, TestType, double>::forward({}, {1, length, length}, x.data(), table.data(), y.data());
  kernel_of<op::dct, TestType, double>::forward({}, {1, length, 5}, x.data(), table.data(), some.data());
  double before = 0, after = 0;
  for (std::size_t i = 0; i < 37; ++i) before += x[i] * x[i], after += y[i] * y[i];
  CHECK(after == Approx(before));
  CHECK(std::equal(some.begin(), some.end(), y.begin()));
}
