#pragma once
#include <auris/core/shape.hpp>
#include <cstdint>

namespace auris::detail {

/// The bits of a number that say whether it is finite, and 16 bytes of such numbers.
template <class T>
struct exponent_bits;
template <>
struct exponent_bits<float> {
  using words [[gnu::vector_size(16)]] = std::uint32_t;
  static constexpr std::uint32_t exponent = 0x7f800000u, lowest = 0x00800000u;
};
template <>
struct exponent_bits<double> {
  using words [[gnu::vector_size(16)]] = std::uint64_t;
  static constexpr std::uint64_t exponent = 0x7ff0000000000000u, lowest = 0x0010000000000000u;
};

/// The index of the first of `count` numbers that is NaN or infinite, or -1.
template <class T>
idx non_finite(const T* x, idx count) {
  using words = typename exponent_bits<T>::words;  // compilers find no vectors in this loop by themselves
  constexpr idx at_once = 64, of_words = sizeof(words) / sizeof(T);
  idx i = 0;
  for (; i + at_once <= count; i += at_once) {
    words any{};
    for (idx k = 0; k < at_once; k += of_words) {
      words w;
      __builtin_memcpy(&w, x + i + k, sizeof w);
      // The topmost bit is that of numbers whose exponent is the largest.
      any |= (w & exponent_bits<T>::exponent) + exponent_bits<T>::lowest;
    }
    bool bad = false;
    for (idx k = 0; k < of_words; ++k) bad = bad || any[k] >> (8 * sizeof(T) - 1);
    if (bad) break;
  }
  for (; i < count; ++i)
    if (!(x[i] - x[i] == 0)) return i;
  return -1;
}

}  // namespace auris::detail
