#pragma once
#include <auris/op/logarithm.hpp>

namespace auris {

template <>
struct kernel<op::logarithm, cpu, float> {
  static void forward(const resources<cpu, float>& r, const op::logarithm::size& s, const float* x, float* y) noexcept;
};

}  // namespace auris
