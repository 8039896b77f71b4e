#pragma once
#include <auris/op/weighted_mean.hpp>

namespace auris {

template <>
struct kernel<op::weighted_mean, cpu, float> {
  using R = resources<cpu, float>;

  static void forward(const R& r, const op::weighted_mean::size& s, const float* x, const float* weight,
                      float* y) noexcept;
  static void backward(const R& r, const op::weighted_mean::size& s, const float* x, const float* weight,
                       const float* dy, float* dx, float* dweight) noexcept;
};

}  // namespace auris
