#pragma once
#include <auris/core/random.hpp>
#include <cmath>
#include <numbers>

namespace auris {

/// A number of the standard normal distribution (Box and Muller).
inline double draw_normal(random_sequence& random) {
  const double u = 1 - random.uniform(), angle = 2 * std::numbers::pi * random.uniform();
  return std::sqrt(-2 * std::log(u)) * std::cos(angle);
}

/// The logarithm of a number of the gamma distribution with this shape, which must be above 0, and scale 1: for small shapes
/// the number itself is too small for a double.
///
/// Source  Marsaglia and Tsang 2000
inline double draw_log_gamma(double shape, random_sequence& random) {
  if (shape < 1) return draw_log_gamma(shape + 1, random) + std::log(1 - random.uniform()) / shape;
  const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double x = draw_normal(random), root = 1 + c * x;
    if (root <= 0) continue;
    const double log_v = 3 * std::log(root);
    if (std::log(1 - random.uniform()) < x * x / 2 + d - d * std::exp(log_v) + d * log_v) return std::log(d) + log_v;
  }
}

/// A number of the distribution Beta(a, b), in [0, 1]; a and b must be above 0.
///
///     random_sequence random(7);
///     const double share = draw_beta(0.2, 0.2, random);                // mostly near 0 or 1
inline double draw_beta(double a, double b, random_sequence& random) {
  const double first = draw_log_gamma(a, random), second = draw_log_gamma(b, random);
  return 1 / (1 + std::exp(second - first));
}

}  // namespace auris
