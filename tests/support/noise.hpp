#pragma once
#include <auris/core/random.hpp>
#include <vector>

/// Values between -1 and 1.
template <class T = float>
std::vector<T> noise(auris::idx count, std::uint64_t seed = 5) {
  std::vector<T> x(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<T>(2 * auris::uniform(seed, i) - 1);
  return x;
}
