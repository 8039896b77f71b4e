#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Weighted mean over the middle axis of arrays x, weight (outer, length, inner), length > 0; y (outer, inner).
///
///     forward    y = sum weight x / sum weight
///     backward   dx = dy weight / sum weight;   dweight = dy (x - y) / sum weight
///
/// Where the weights add up to 0, y and all gradients are 0. x and weight may be the same array; dx and dweight may be null.
/// Needs no scratch memory on any backend.
///
///     template <class T> struct kernel<op::weighted_mean, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::weighted_mean::size&, const T* x, const T* weight, T* y) noexcept;
///       static void backward(const R&, const op::weighted_mean::size&, const T* x, const T* weight, const T* dy,
///                            T* dx, T* dweight) noexcept;
///     };
struct weighted_mean {
  struct size {
    idx outer, length, inner;
  };
};

}  // namespace auris::op
