#pragma once
#include <auris/core/shape.hpp>

namespace auris::detail {

/// How a transform of complex numbers is taken apart. Large radices come first, so that few passes go over all of it: the
/// parts that they leave fit a near cache.
struct fft_radices {
  idx length, radix[64] = {};
  int count = 0;

  constexpr explicit fft_radices(idx n) : length(n) {
    idx large = n;
    int of[8] = {};  // how often a small radix divides n
    for (int p = 2; p < 8; ++p)
      for (; large % p == 0; large /= p) ++of[p];
    for (idx p = 11; large > 1; p += 2) {
      if (p * p > large) p = large;
      for (; large % p == 0; large /= p) radix[count++] = p;
    }
    const int eights = of[2] % 3 == 1 && of[2] > 3 ? of[2] / 3 - 1 : of[2] / 3;  // 4 4 rather than 8 2
    const int twos = of[2] - 3 * eights;
    put(8, eights);
    put(7, of[7]);
    put(5, of[5]);
    put(4, twos / 2);
    put(3, of[3]);
    put(2, twos % 2);
    if (count == 0) put(1, 1);
  }
  constexpr idx largest() const {
    idx most = 1;
    for (int i = 0; i < count; ++i) most = radix[i] > most ? radix[i] : most;
    return most;
  }

 private:
  constexpr void put(idx p, int times) {
    for (int i = 0; i < times; ++i) radix[count++] = p;
  }
};

}  // namespace auris::detail
