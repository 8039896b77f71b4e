#pragma once
#include <auris/core/config.hpp>
#include <cstdint>

namespace auris {

/// The upper half of a float (bfloat16): its sign, its exponent, and 7 of the 23 bits behind the binary point. Numbers are
/// stored like this, and computed with as floats.
///
///     static_assert(bf16::nearest(1.0f + 1.0f / 512).bits == 0x3f80 && static_cast<float>(bf16{0x3fc0}) == 1.5f);
struct bf16 {
  std::uint16_t bits;

  /// The nearest one, the even one where two are equally near. What is out of range becomes infinite; NaN stays NaN.
  static constexpr bf16 nearest(float v) noexcept {
    const auto all = __builtin_bit_cast(std::uint32_t, v);
    if ((all & 0x7fffffffu) > 0x7f800000u) return {static_cast<std::uint16_t>(all >> 16 | 0x40u)};
    return {static_cast<std::uint16_t>((all + 0x7fffu + (all >> 16 & 1u)) >> 16)};
  }
  AURIS_HD constexpr explicit operator float() const noexcept {
    return __builtin_bit_cast(float, static_cast<std::uint32_t>(bits) << 16);
  }
};

}  // namespace auris
