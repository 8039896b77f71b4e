#pragma once
#include <auris/core/bf16.hpp>
#include <auris/core/shape.hpp>

namespace auris::detail::gpu {

/// `count` numbers as bf16, in an array of floats.
struct bf16_array {
  idx count;

  constexpr idx floats() const { return (count + 1) / 2; }
  void store(const float* from, float* to) const noexcept {
    for (idx i = 0; i < count; i += 2) {
      const bf16 both[2] = {bf16::nearest(from[i]), i + 1 < count ? bf16::nearest(from[i + 1]) : bf16{}};
      __builtin_memcpy(to + i / 2, both, sizeof both);
    }
  }
  static const bf16* stored(const float* p) noexcept { return reinterpret_cast<const bf16*>(p); }
};

}  // namespace auris::detail::gpu
