#pragma once
#include <auris/core/executor.hpp>
#include <auris/op/stft.hpp>

namespace auris {

template <class T>
struct kernel<op::stft, reference, T> {
  static void forward(const resources<reference, T>& r, const op::stft::size& s, const T* x, const T* window,
                      const T* table, T* y) noexcept {
    for_ranges(*r.queue, s.frames, 1, [&](idx t, idx, int) {
      for (idx k = 0; k < s.bins(); ++k) {
        T real = 0, imaginary = 0;
        for (idx n = 0, root = 0; n < s.fft; ++n) {
          const T v = window[n] * x[t * s.hop + n];
          real += v * table[2 * root];
          imaginary += v * table[2 * root + 1];
          root += k;
          if (root >= s.fft) root -= s.fft;
        }
        const T power = real * real + imaginary * imaginary;
        y[t * s.bins() + k] = s.power ? power : std::sqrt(power);
      }
    });
  }
};

}  // namespace auris
