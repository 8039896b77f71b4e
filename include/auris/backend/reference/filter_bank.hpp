#pragma once
#include <auris/core/executor.hpp>
#include <auris/op/filter_bank.hpp>

namespace auris {

template <class T>
struct kernel<op::filter_bank, reference, T> {
  static void forward(const resources<reference, T>& r, const op::filter_bank::size& s, const T* x, const idx* first,
                      const idx* offset, const T* weight, T* y) noexcept {
    for_ranges(*r.queue, s.frames, 16, [&](idx begin, idx end, int) {
      for (idx t = begin; t < end; ++t)
        for (idx b = 0; b < s.bands; ++b) {
          T sum = 0;
          for (idx i = offset[b]; i < offset[b + 1]; ++i) sum += weight[i] * x[t * s.bins + first[b] + i - offset[b]];
          y[t * s.bands + b] = sum;
        }
    });
  }
};

}  // namespace auris
