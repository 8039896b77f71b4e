#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/op/weighted_mean.hpp>

namespace auris {

struct cuda;

template <class T>
struct kernel<op::weighted_mean, cuda, T> {
  using R = resources<cuda, T>;
  static void forward(const R& r, const op::weighted_mean::size& s, const T* x, const T* weight, T* y) noexcept;
  static void backward(const R& r, const op::weighted_mean::size& s, const T* x, const T* weight, const T* dy, T* dx,
                       T* dweight) noexcept;
};

}  // namespace auris
