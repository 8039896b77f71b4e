#pragma once
#include <auris/backend/cpu/loops.hpp>
#include <auris/core/executor.hpp>
#include <auris/op/constant_q.hpp>

namespace auris {

/// Four frames at a time, which share what is read of a band's weights.
template <>
struct kernel<op::constant_q, cpu, float> {
  static void forward(const resources<cpu, float>& r, const op::constant_q::size& s, const float* x, const idx* first,
                      const idx* offset, const float* weight, float* y) noexcept;
};

}  // namespace auris
