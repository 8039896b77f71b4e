#pragma once
#include <auris/op/clamp.hpp>

namespace auris {

template <>
struct kernel<op::clamp, cpu, float> {
  using R = resources<cpu, float>;

  static void forward(const R& r, const op::clamp::size& s, const float* x, float* y) noexcept;
  static void backward(const R& r, const op::clamp::size& s, const float* x, const float* dy, float* dx) noexcept;
};

}  // namespace auris
