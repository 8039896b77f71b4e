#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Weighted rank pooling over the middle axis of an array x (outer, length, inner), length > 0: every value counts, the
/// largest most.
///
///     forward    share = ratio^rank / sum_j ratio^j;   y = sum share x          y (outer, inner)
///     backward   dx = dy share
///
/// rank is 0 for the largest value; among equal ones the first comes first, NaN comes before all. ratio in [0, 1]: 0 is the
/// maximum, 1 the mean. share (outer, length, inner) is what backward needs, or null; y may be null.
///
///     template <class T> struct kernel<op::weighted_rank, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::weighted_rank::size&, const T* x, T* y, T* share) noexcept;
///       static void backward(const R&, const op::weighted_rank::size&, const T* share, const T* dy, T* dx) noexcept;
///     };
struct weighted_rank {
  struct size {
    idx outer, length, inner;
    double ratio;
  };
};

}  // namespace auris::op
