#pragma once
#include <auris/op/dropout.hpp>

namespace auris {

template <>
struct kernel<op::dropout, cpu, float> {
  static void forward(const resources<cpu, float>& r, const op::dropout::size& s, const random_key& key, const float* x,
                      float* y) noexcept;
};

}  // namespace auris
