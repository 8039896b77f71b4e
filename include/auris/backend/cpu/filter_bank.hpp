#pragma once
#include <auris/backend/cpu/loops.hpp>
#include <auris/core/executor.hpp>
#include <auris/op/filter_bank.hpp>

namespace auris {

template <>
struct kernel<op::filter_bank, cpu, float> {
  static void forward(const resources<cpu, float>& r, const op::filter_bank::size& s, const float* x, const idx* first,
                      const idx* offset, const float* weight, float* y) noexcept {
    for_ranges(*r.queue, s.frames, 16, [&](idx begin, idx end, int) {
      for (idx t = begin; t < end; ++t)
        for (idx b = 0; b < s.bands; ++b)
          detail::loops::dot(offset[b + 1] - offset[b], weight + offset[b], x + t * s.bins + first[b],
                             y + t * s.bands + b);
    });
  }
};

}  // namespace auris
