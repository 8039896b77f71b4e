#pragma once
#include <auris/op/weighted_rank.hpp>

namespace auris {

/// Radix sort of each column: three passes over keys of eleven bits that carry their places with them.
template <>
struct kernel<op::weighted_rank, cpu, float> {
  using R = resources<cpu, float>;

  static constexpr idx forward_workspace(const op::weighted_rank::size& s, int workers) {
    return s.length + workers * (4 * s.length + digits);
  }
  static void forward(const R& r, const op::weighted_rank::size& s, const float* x, float* y, float* share) noexcept;
  static void backward(const R& r, const op::weighted_rank::size& s, const float* share, const float* dy,
                       float* dx) noexcept;

 private:
  static constexpr int bits = 11, passes = 3;
  static constexpr idx digits = idx(1) << bits;
  using word [[gnu::may_alias]] = unsigned;

  static void sort(idx length, const float* x, idx stride, word* room) noexcept;
  static word key(float v) noexcept;
};

}  // namespace auris
