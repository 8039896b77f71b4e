#pragma once
#include <auris/op/transpose.hpp>

namespace auris {

template <>
struct kernel<op::transpose, cpu, float> {
  static void forward(const resources<cpu, float>& r, const op::transpose::size& s, const float* x, float* y) noexcept;
};

}  // namespace auris
