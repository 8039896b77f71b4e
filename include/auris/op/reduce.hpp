#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Reduction of the middle axis of an array (outer, length, inner), length > 0; y (outer, inner).
///
///     mean_axis  y = sum x / length;          backward  dx = dy / length
///     max_axis   y = the largest, NaN wins;   backward  dx = dy at the first largest, else 0
///
///     template <class T> struct kernel<op::mean_axis, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::mean_axis::size&, const T* x, T* y) noexcept;
///       static void backward(const R&, const op::mean_axis::size&, const T* dy, T* dx) noexcept;
///     };
///     template <class T> struct kernel<op::max_axis, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::max_axis::size&, const T* x, T* y) noexcept;
///       static void backward(const R&, const op::max_axis::size&, const T* x, const T* dy, T* dx) noexcept;
///     };
struct mean_axis {
  struct size {
    idx outer, length, inner;
  };
};
struct max_axis {
  struct size {
    idx outer, length, inner;
  };
};

}  // namespace auris::op
