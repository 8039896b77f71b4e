#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Softmax over the middle axis of an array (outer, length, inner), length > 0.
///
///     softmax      y = exp(x - m) / sum exp(x - m),  m the maximum;    backward  dx = y * (dy - sum y * dy)
///     log_softmax  y = x - m - log sum exp(x - m);                     backward  dx = dy - exp(y) * sum dy
///
///     template <class T> struct kernel<op::softmax, Backend, T> {                  // log_softmax alike
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::softmax::size&, const T* x, T* y) noexcept;
///       static void backward(const R&, const op::softmax::size&, const T* y, const T* dy, T* dx) noexcept;
///     };
struct softmax {
  struct size {
    idx outer, length, inner;
  };
};
struct log_softmax {
  struct size {
    idx outer, length, inner;
  };
};

}  // namespace auris::op
