#include <auris/core/non_finite.hpp>
#include <limits>
#include <vector>

#include "support/catch.hpp"

using namespace auris;

TEMPLATE_TEST_CASE("non_finite: the first of them, wherever it stands", "", float, double) {
  using limits = std::numeric_limits<TestType>;
  for (const idx count : {0, 1, 63, 64, 65, 200}) {
    std::vector<TestType> x(static_cast<std::size_t>(count), limits::max());
    if (count > 2) x[0] = -limits::max(), x[1] = limits::denorm_min(), x[2] = 0;
    CHECK(detail::non_finite(x.data(), count) == -1);
    for (idx i = 0; i < count; ++i)
      for (const TestType bad : {limits::quiet_NaN(), limits::infinity(), -limits::infinity()}) {
        std::vector<TestType> y = x;
        y[static_cast<std::size_t>(i)] = bad;
        y.back() = bad;
        CHECK(detail::non_finite(y.data(), count) == i);
      }
  }
}
