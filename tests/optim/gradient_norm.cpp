#include <auris/optim/gradient_norm.hpp>

#include <auris/backend/reference.hpp>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("gradient_norm: over all ranges together, and over nothing else") {
  const double g[5] = {2, 1000, 3, 6, 1000};
  const parameter_range ranges[] = {{0, 1}, {2, 2}};
  CHECK(gradient_norm<reference, double>({}, ranges, g) == Approx(7));  // 4 + 9 + 36
  CHECK(gradient_norm<reference, double>({}, {}, g) == 0);
}

TEST_CASE("clip_gradients: scales to the largest norm, only what is in the ranges, only when above") {
  double g[3] = {3, 1000, 4};
  const parameter_range ranges[] = {{0, 1}, {2, 1}};
  CHECK(clip_gradients<reference, double>({}, ranges, 10, g) == Approx(5));
  CHECK((g[0] == 3 && g[1] == 1000 && g[2] == 4));
  CHECK(clip_gradients<reference, double>({}, ranges, 1, g) == Approx(5));
  CHECK(g[0] == Approx(0.6));
  CHECK(g[1] == 1000);
  CHECK(g[2] == Approx(0.8));
  double zero[3] = {};
  CHECK(clip_gradients<reference, double>({}, ranges, 1, zero) == 0);
  CHECK(zero[0] == 0);
}
