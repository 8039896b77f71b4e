#pragma once
#include <auris/backend/cpu/dot.hpp>
#include <auris/core/executor.hpp>
#include <auris/op/filter_bank.hpp>

namespace auris {

template <class T>
struct kernel<op::filter_bank, cpu, T> {
  static void forward(const resources<cpu, T>& r, const op::filter_bank::size& s, const T* x, const idx* first,
                      const idx* offset, const T* weight, T* y) noexcept {
    for_ranges(*r.queue, s.frames, 16, [&](idx begin, idx end, int) {
      for (idx t = begin; t < end; ++t)
        for (idx b = 0; b < s.bands; ++b)
          y[t * s.bands + b] = detail::dot(offset[b + 1] - offset[b], weight + offset[b], x + t * s.bins + first[b]);
    });
  }
};

}  // namespace auris
