#pragma once
#include <auris/op/pool.hpp>

namespace auris {
template <>
struct kernel<op::max_pool, cpu, float> {
  using R = resources<cpu, float>;

  static void forward(const R& r, const op::max_pool::size& s, const float* x, float* y) noexcept;
  static void backward(const R& r, const op::max_pool::size& s, const float* x, const float* dy, float* dx) noexcept;
};

template <>
struct kernel<op::avg_pool, cpu, float> {
  using R = resources<cpu, float>;

  static void forward(const R& r, const op::avg_pool::size& s, const float* x, float* y) noexcept;
  static void backward(const R& r, const op::avg_pool::size& s, const float* dy, float* dx) noexcept;
};

}  // namespace auris
