#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/op/clamp.hpp>

namespace auris {

struct cuda;

template <class T>
struct kernel<op::clamp, cuda, T> {
  using R = resources<cuda, T>;
  static void forward(const R& r, const op::clamp::size& s, const T* x, T* y) noexcept;
  static void backward(const R& r, const op::clamp::size& s, const T* x, const T* dy, T* dx) noexcept;
};

}  // namespace auris
