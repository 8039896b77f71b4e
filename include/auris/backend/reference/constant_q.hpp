#pragma once
#include <auris/core/executor.hpp>
#include <auris/op/constant_q.hpp>
#include <cmath>

namespace auris {

template <class T>
struct kernel<op::constant_q, reference, T> {
  static void forward(const resources<reference, T>& r, const op::constant_q::size& s, const T* x, const idx* first,
                      const idx* offset, const T* weight, T* y) noexcept {
    for_ranges(*r.queue, s.frames, 16, [&](idx begin, idx end, int) {
      for (idx t = begin; t < end; ++t)
        for (idx b = 0; b < s.bands; ++b) {
          T real = 0, imaginary = 0;
          for (idx i = offset[b]; i < offset[b + 1]; ++i) {
            const T sample = x[t * s.hop + first[b] + i - offset[b]];
            real += weight[i] * sample;
            imaginary += weight[s.weights + i] * sample;
          }
          const T power = real * real + imaginary * imaginary;
          y[t * s.bands + b] = s.power ? power : std::sqrt(power);
        }
    });
  }
};

}  // namespace auris
