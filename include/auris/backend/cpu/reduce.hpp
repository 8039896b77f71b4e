#pragma once
#include <auris/op/reduce.hpp>

namespace auris {
template <>
struct kernel<op::mean_axis, cpu, float> {
  using R = resources<cpu, float>;

  static void forward(const R& r, const op::mean_axis::size& s, const float* x, float* y) noexcept;
  static void backward(const R& r, const op::mean_axis::size& s, const float* dy, float* dx) noexcept;
};

template <>
struct kernel<op::max_axis, cpu, float> {
  using R = resources<cpu, float>;

  static void forward(const R& r, const op::max_axis::size& s, const float* x, float* y) noexcept;
  static void backward(const R& r, const op::max_axis::size& s, const float* x, const float* dy, float* dx) noexcept;

 private:
  static idx largest(const op::max_axis::size& s, const float* x, idx o, idx j);
};

}  // namespace auris
