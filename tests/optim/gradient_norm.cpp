#include <auris/optim/gradient_norm.hpp>

#include <auris/backend/reference.hpp>
#include <limits>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("gradient_norm: over all ranges together, and over nothing else") {
  const double g[5] = {2, 1000, 3, 6, 1000};
  const parameter_range ranges[] = {{0, 1}, {2, 2}};
  double squares = std::numeric_limits<double>::quiet_NaN();
  CHECK(gradient_norm<reference, double>({}, ranges, g, &squares) == Approx(7));
  CHECK(squares == 4 + 9 + 36);
  CHECK(gradient_norm<reference, double>({}, {}, g, &squares) == 0);
}

TEST_CASE("clip_gradients: scales to the largest norm, only what is in the ranges, only when above") {
  double g[3] = {3, 1000, 4};
  const parameter_range ranges[] = {{0, 1}, {2, 1}};
  double squares;
  clip_gradients<reference, double>({}, ranges, 10, &squares, g);
  CHECK(squares == 25);
  CHECK((g[0] == 3 && g[1] == 1000 && g[2] == 4));
  clip_gradients<reference, double>({}, ranges, 1, &squares, g);
  CHECK(squares == 25);
  CHECK(g[0] == Approx(0.6));
  CHECK(g[1] == 1000);
  CHECK(g[2] == Approx(0.8));
  double zero[3] = {};
  clip_gradients<reference, double>({}, ranges, 1, &squares, zero);
  CHECK(squares == 0);
  CHECK(zero[0] == 0);
}
