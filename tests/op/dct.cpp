#include "op/table/dct.hpp"

#include <auris/core/random.hpp>

#include "op/backends.hpp"
#include "op/checks.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("dct keeps its contract", "[dct]", table::backends) { table::check<table::dct, TestType>(); }

namespace {
template <class Backend>
std::vector<double> transformed(const op::dct::size& s, const std::vector<double>& x) {
  std::vector<double> cosines(static_cast<std::size_t>(s.count * s.length));
  op::dct::make_table(s.length, s.count, cosines.data());
  return table::run(table::dct::calls<Backend, double>(s)[0], {{"x", x}, {"table", cosines}}).at("y");
}
}  // namespace

TEMPLATE_LIST_TEST_CASE("dct: worked example", "[dct]", table::backends) {
  const auto y = transformed<TestType>({2, 2, 2}, {1, 3, 5, 5});
  const double root = std::sqrt(2.0);  // (x0 + x1) / sqrt 2 and (x0 - x1) / sqrt 2
  CHECK(y[0] == Approx(4 / root));
  CHECK(y[1] == Approx(-2 / root));
  CHECK(y[2] == Approx(10 / root));
  CHECK(y[3] == Approx(0).margin(1e-12));
}

TEMPLATE_LIST_TEST_CASE("dct: all coefficients keep the energy, fewer are the first of them", "[dct]",
                        table::backends) {
  for (const idx rows : {1, 8, 19}) {
    std::vector<double> x(static_cast<std::size_t>(rows * 37));
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = uniform(6, i);
    const auto y = transformed<TestType>({rows, 37, 37}, x), some = transformed<TestType>({rows, 37, 5}, x);
    for (idx r = 0; r < rows; ++r) {
      double before = 0, after = 0;
      for (auto i = static_cast<std::size_t>(r * 37); i < static_cast<std::size_t>((r + 1) * 37); ++i)
        before += x[i] * x[i], after += y[i] * y[i];
      CHECK(after == Approx(before));
      CHECK(std::equal(some.begin() + r * 5, some.begin() + (r + 1) * 5, y.begin() + r * 37));
    }
  }
}
