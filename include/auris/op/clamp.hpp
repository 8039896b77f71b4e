#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Values cut off at both ends, element by element: y = min(max(x, least), most), NaN stays NaN. y may be x.
///
/// backward writes dx = dy where least <= x <= most, else 0, as PyTorch does; dx may be dy.
///
///     template <class T> struct kernel<op::clamp, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::clamp::size&, const T* x, T* y) noexcept;
///       static void backward(const R&, const op::clamp::size&, const T* x, const T* dy, T* dx) noexcept;
///     };
struct clamp {
  struct size {
    idx count;
    double least, most;
  };
};

}  // namespace auris::op
