#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Changes the length of the middle axis of an array (outer, length, inner) to y (outer, out, inner); length > 0.
///
///     repeat             y[i] = x[min(i / times, length - 1)]; times > 0             (repeat_interleave where out = length * times)
///     adaptive_avg_pool  y[i] = mean of x[floor(i length / out)] .. x[ceil((i + 1) length / out) - 1]
///     interpolate        nearest: y[i] = x[floor(i length / out)]
///                        linear:  at max((i + 0.5) length / out - 0.5, 0), neighbours clamped to the last (no
///                        alignment of corners)
///
///     template <class T> struct kernel<op::repeat, Backend, T> {                   // the others alike
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::repeat::size&, const T* x, T* y) noexcept;
///       static void backward(const R&, const op::repeat::size&, const T* dy, T* dx) noexcept;
///     };
struct repeat {
  struct size {
    idx outer, length, inner, times, out;
  };
};
struct adaptive_avg_pool {
  struct size {
    idx outer, length, inner, out;
  };
};
struct interpolate {
  struct size {
    idx outer, length, inner, out;
    bool linear = false;
  };
};

}  // namespace auris::op
