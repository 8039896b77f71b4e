#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Transposes the matrices of an array x (items, rows, columns); backward is the same with rows and columns exchanged.
///
///     forward    y[n, c, r] = x[n, r, c]
///
///     template <class T> struct kernel<op::transpose, Backend, T> {
///       static void forward(const resources<Backend, T>&, const op::transpose::size&, const T* x, T* y) noexcept;
///     };
struct transpose {
  struct size {
    idx items, rows, columns;
  };
};

}  // namespace auris::op
