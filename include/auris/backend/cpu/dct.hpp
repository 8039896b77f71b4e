#pragma once
#include <auris/backend/cpu/dot.hpp>
#include <auris/core/executor.hpp>
#include <auris/op/dct.hpp>

namespace auris {

template <class T>
struct kernel<op::dct, cpu, T> {
  static void forward(const resources<cpu, T>& r, const op::dct::size& s, const T* x, const T* table, T* y) noexcept {
    for_ranges(*r.queue, s.rows, 16, [&](idx begin, idx end, int) {
      for (idx t = begin; t < end; ++t)
        for (idx k = 0; k < s.count; ++k)
          y[t * s.count + k] = detail::dot(s.length, x + t * s.length, table + k * s.length);
    });
  }
};

}  // namespace auris
