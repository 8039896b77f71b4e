#pragma once
#include <auris/backend/cuda/compat.cuh>
#include <cstdint>

namespace auris::detail::gpu {

/// As divisor (divisor.cuh), for 0 <= n < 2^31 and with fewer instructions: convolutions divide for each value that they read.
/// A d of 0 counts as 1.
class int_divisor {
 public:
  explicit int_divisor(idx d) noexcept : value_(d > 0 ? static_cast<unsigned>(d) : 1) {
    while ((1ull << (shift_ - 31)) < value_) ++shift_;
    multiplier_ = static_cast<unsigned>(((1ull << shift_) + value_ - 1) / value_);
  }
  AURIS_HD int value() const { return static_cast<int>(value_); }
  friend __device__ int operator/(int n, const int_divisor& d) {
    return static_cast<int>(static_cast<std::uint64_t>(static_cast<unsigned>(n)) * d.multiplier_ >> d.shift_);
  }

 private:
  unsigned value_, multiplier_ = 0;
  int shift_ = 31;
};

}  // namespace auris::detail::gpu
