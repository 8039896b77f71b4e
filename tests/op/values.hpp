#pragma once
#include <auris/core/random.hpp>
#include <cmath>
#include <vector>

#include "op/table.hpp"

namespace table {

/// Numbers that float holds, of the kind that an argument asks for; the same for the same seed.
inline std::vector<double> made(const argument& a, std::uint64_t seed) {
  std::vector<double> x(static_cast<std::size_t>(a.count));
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double u = uniform(seed, i), any = 2 * u - 1;
    switch (a.kind) {
      case values::any:
        x[i] = any;
        break;
      case values::positive:
        x[i] = 0.05 + 0.9 * u;
        break;
      case values::apart_from_zero:
        x[i] = any < 0 ? any * 0.95 - 0.05 : any * 0.95 + 0.05;
        break;
      case values::distinct:
        x[i] = (static_cast<double>(i) - static_cast<double>(x.size()) / 2) / 64;
        break;
      case values::weights:
        x[i] = i % 3 == 0 ? 1 : i % 3 == 1 ? 0.5 : 0;
        break;
      case values::coarse:
        x[i] = std::round(any * 64) / 64;
        break;
    }
    x[i] = static_cast<float>(x[i]);
  }
  random_sequence random(seed);
  if (a.kind == values::distinct) shuffle(x.data(), a.count, random);
  return x;
}

}  // namespace table
