#pragma once
#include <auris/core/bf16.hpp>
#include <auris/core/shape.hpp>
#include <cstdint>

namespace auris::detail {

/// Two values of a row of a packed matrix as bf16, in the place of one float: column j in the lower half, column j + 16 of the
/// same panel in the upper one. So a vector of pairs becomes two of floats by a shift and a mask, each of neighbouring columns,
/// however long vectors are.
struct bf16_pair {
  static constexpr int apart = 16;
  std::uint32_t bits;

  /// Of `count` rows of 2 * apart floats, each value rounded to the nearest. Returns the end.
  static bf16_pair* write(const float* rows, idx count, bf16_pair* to) noexcept {
    for (; count > 0; --count, rows += 2 * apart)
      for (int j = 0; j < apart; ++j, ++to) {
        const std::uint32_t lower = bf16::nearest(rows[j]).bits, upper = bf16::nearest(rows[j + apart]).bits;
        const std::uint32_t both = lower | upper << 16;
        __builtin_memcpy(to, &both, sizeof both);
      }
    return to;
  }
  /// Where they are in an array of scalars. Only `__builtin_memcpy` reads and writes them.
  static bf16_pair* in(float* p) noexcept { return reinterpret_cast<bf16_pair*>(p); }
  static const bf16_pair* in(const float* p) noexcept { return reinterpret_cast<const bf16_pair*>(p); }
};
static_assert(sizeof(bf16_pair) == sizeof(float));

}  // namespace auris::detail
