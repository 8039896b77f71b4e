#pragma once
#include <auris/core/executor.hpp>
#include <auris/op/logarithm.hpp>
#include <cmath>

namespace auris {

template <class T>
struct kernel<op::logarithm, reference, T> {
  static void forward(const resources<reference, T>& r, const op::logarithm::size& s, const T* x, T* y) noexcept {
    const T floor = static_cast<T>(s.floor), low = static_cast<T>(s.low), offset = static_cast<T>(s.offset),
            scale = static_cast<T>(s.scale);
    for_ranges(*r.queue, s.count, 4096, [&](idx begin, idx end, int) {
      for (idx i = begin; i < end; ++i) y[i] = scale * std::log((x[i] <= floor ? low : x[i]) + offset);
    });
  }
};

}  // namespace auris
