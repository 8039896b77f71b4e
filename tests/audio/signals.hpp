// The test signal of the golden files, and noise.
#pragma once
#include <auris/core/random.hpp>
#include <cmath>
#include <numbers>
#include <vector>

#include "support/noise.hpp"

/// 0.5 sin(2 pi 1000 n/rate) + 0.25 sin(2 pi 3333 n/rate + 0.3) + 0.05 sin(2 pi 37 n/rate) + 0.1 (2u(1234,n) - 1)
inline std::vector<float> golden_signal(int rate, int seconds) {
  std::vector<float> x(static_cast<std::size_t>(rate * seconds));
  for (std::size_t n = 0; n < x.size(); ++n) {
    const double t = 2 * std::numbers::pi * static_cast<double>(n) / rate;
    x[n] = static_cast<float>(0.5 * std::sin(1000 * t) + 0.25 * std::sin(3333 * t + 0.3) + 0.05 * std::sin(37 * t) +
                              0.1 * (2 * auris::uniform(1234, n) - 1));
  }
  return x;
}
