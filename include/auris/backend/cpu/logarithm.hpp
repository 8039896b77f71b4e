#pragma once
#include <auris/backend/cpu/blocks.hpp>
#include <auris/backend/cpu/loops.hpp>
#include <auris/op/logarithm.hpp>

namespace auris {

template <>
struct kernel<op::logarithm, cpu, float> {
  static void forward(const resources<cpu, float>& r, const op::logarithm::size& s, const float* x, float* y) noexcept {
    detail::for_elements(*r.queue, s.count, detail::loops::scaled_logarithm, x, static_cast<float>(s.floor),
                         static_cast<float>(s.offset), static_cast<float>(s.scale), y);
  }
};

}  // namespace auris
