#pragma once
#include <auris/core/random.hpp>
#include <vector>

/// Values between -1 and 1.
inline std::vector<float> noise(auris::idx n, std::uint64_t seed = 5) {
  std::vector<float> x(static_cast<std::size_t>(n));
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(2 * auris::uniform(seed, i) - 1);
  return x;
}
