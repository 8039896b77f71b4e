#pragma once
#include <auris/backend/cpu/loops.hpp>
#include <auris/core/executor.hpp>
#include <auris/op/dct.hpp>

namespace auris {

template <>
struct kernel<op::dct, cpu, float> {
  static void forward(const resources<cpu, float>& r, const op::dct::size& s, const float* x, const float* table,
                      float* y) noexcept {
    for_ranges(*r.queue, s.rows, 16, [&](idx begin, idx end, int) {
      for (idx t = begin; t < end; ++t)
        for (idx k = 0; k < s.count; ++k)
          detail::loops::dot(s.length, x + t * s.length, table + k * s.length, y + t * s.count + k);
    });
  }
};

}  // namespace auris
