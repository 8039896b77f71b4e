#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/op/reduce.hpp>

namespace auris {

struct cuda;

template <class T>
struct kernel<op::mean_axis, cuda, T> {
  using R = resources<cuda, T>;
  static void forward(const R& r, const op::mean_axis::size& s, const T* x, T* y) noexcept;
  static void backward(const R& r, const op::mean_axis::size& s, const T* dy, T* dx) noexcept;
};

template <class T>
struct kernel<op::max_axis, cuda, T> {
  using R = resources<cuda, T>;
  static void forward(const R& r, const op::max_axis::size& s, const T* x, T* y) noexcept;
  static void backward(const R& r, const op::max_axis::size& s, const T* x, const T* dy, T* dx) noexcept;
};

}  // namespace auris
