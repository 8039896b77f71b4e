#pragma once
#include <auris/backend/cuda/compat.cuh>
#include <cstdint>

namespace auris::detail::gpu {

/// Division by a number that only the launch knows: a multiplication and a shift, where the processor's own division takes
/// some hundred instructions. Exact for every n from 0 on; d > 0.
///
/// Source      Granlund and Montgomery 1994, "Division by invariant integers using multiplication"
///
///     const divisor by(7);                                             // on the host
///     idx q = n / by, r = n % by;                                      // on the device
class divisor {
 public:
  divisor() = default;
  explicit divisor(idx d) noexcept : value_(d) {
    while (shift_ < 63 && (std::uint64_t{1} << shift_) < static_cast<std::uint64_t>(d)) ++shift_;
    const wide rest = (wide{1} << shift_) - static_cast<wide>(d);
    multiplier_ = static_cast<std::uint64_t>((rest << 64) / static_cast<wide>(d)) + 1;
  }
  AURIS_HD idx value() const { return value_; }
  friend __device__ idx operator/(idx n, const divisor& d) {
    const std::uint64_t u = static_cast<std::uint64_t>(n);
    return static_cast<idx>((static_cast<std::uint64_t>((wide{u} * d.multiplier_) >> 64) + u) >> d.shift_);
  }
  friend __device__ idx operator%(idx n, const divisor& d) { return n - n / d * d.value_; }

 private:
  __extension__ typedef unsigned __int128 wide;

  idx value_ = 1;
  std::uint64_t multiplier_ = 1;
  unsigned shift_ = 0;
};

}  // namespace auris::detail::gpu
