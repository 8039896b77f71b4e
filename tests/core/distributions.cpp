#include <auris/core/distributions.hpp>

#include "support/catch.hpp"

using namespace auris;

namespace {
struct moments {
  double mean, variance;
};
template <class Draw>
moments moments_of(Draw draw) {
  constexpr int count = 20000;
  random_sequence random(5);
  double sum = 0, squares = 0;
  for (int i = 0; i < count; ++i) {
    const double v = draw(random);
    sum += v, squares += v * v;
  }
  const double mean = sum / count;
  return {mean, squares / count - mean * mean};
}
}  // namespace

TEST_CASE("distributions: moments of normal and gamma") {
  const moments normal = moments_of(draw_normal);
  CHECK(normal.mean == Approx(0).margin(0.03));
  CHECK(normal.variance == Approx(1).margin(0.05));
  for (const double shape : {0.5, 1.0, 4.0}) {
    const moments gamma = moments_of([&](random_sequence& r) { return std::exp(draw_log_gamma(shape, r)); });
    CHECK(gamma.mean == Approx(shape).epsilon(0.05));
    CHECK(gamma.variance == Approx(shape).epsilon(0.1));
  }
}

TEST_CASE("distributions: moments of beta, and shapes that are very small") {
  for (const auto& [a, b] : {std::pair{1.0, 1.0}, {0.2, 0.2}, {2.0, 5.0}}) {
    const moments beta = moments_of([&, a = a, b = b](random_sequence& r) { return draw_beta(a, b, r); });
    CHECK(beta.mean == Approx(a / (a + b)).margin(0.01));
    CHECK(beta.variance == Approx(a * b / ((a + b) * (a + b) * (a + b + 1))).epsilon(0.05));
  }
  random_sequence random(3);
  for (int i = 0; i < 1000; ++i) {
    const double v = draw_beta(1e-4, 1e-4, random);
    CHECK((v >= 0 && v <= 1));
  }
}
