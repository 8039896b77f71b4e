#pragma once
#include <auris/core/executor.hpp>
#include <auris/op/dct.hpp>

namespace auris {

template <class T>
struct kernel<op::dct, reference, T> {
  static void forward(const resources<reference, T>& r, const op::dct::size& s, const T* x, const T* table,
                      T* y) noexcept {
    for_ranges(*r.queue, s.rows, 16, [&](idx begin, idx end, int) {
      for (idx t = begin; t < end; ++t)
        for (idx k = 0; k < s.count; ++k) {
          T sum = 0;
          for (idx n = 0; n < s.length; ++n) sum += x[t * s.length + n] * table[k * s.length + n];
          y[t * s.count + k] = sum;
        }
    });
  }
};

}  // namespace auris
