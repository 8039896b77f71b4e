#pragma once
#include <auris/core/shape.hpp>

namespace auris::detail {

/// The factors of a transform's length: fours first, then primes in rising order.
struct fft_plan {
  idx length, factors[64] = {};
  int count = 0;

  constexpr explicit fft_plan(idx n) : length(n) {
    while (n % 4 == 0) factors[count++] = 4, n /= 4;
    for (idx p = 2; p * p <= n; ++p)
      while (n % p == 0) factors[count++] = p, n /= p;
    if (n > 1 || count == 0) factors[count++] = n;
  }
  constexpr idx largest() const {
    idx most = 1;
    for (int i = 0; i < count; ++i) most = factors[i] > most ? factors[i] : most;
    return most;
  }
};

}  // namespace auris::detail
