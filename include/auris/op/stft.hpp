#pragma once
#include <auris/core/kernel.hpp>
#include <cmath>
#include <numbers>

namespace auris::op {

/// Short-time Fourier transform of a real signal: one spectrum per frame, the bins from zero to half the sampling rate.
///
///     X[t, k] = sum_n window[n] x[t hop + n] exp(-2 pi i k n / fft),      n = 0..fft-1, k = 0..floor(fft/2)
///     y[t, k] = |X[t, k]|^2 where `power`, else |X[t, k]|
///
/// x (samples) with samples = (frames - 1) hop + fft, window (fft), table (2 fft) as `make_table` writes it, y (frames,
/// bins). fft >= 1, hop >= 1. Padding is the caller's: x holds every sample that a frame reads. A frame's bits depend
/// on its own samples only, not on where it stands or how many frames there are.
///
///     template <class T> struct kernel<op::stft, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::stft::size&, const T* x, const T* window, const T* table, T* y) noexcept;
///     };
struct stft {
  struct size {
    idx frames, fft, hop;
    bool power = true;
    constexpr idx bins() const { return fft / 2 + 1; }
    constexpr idx samples() const { return frames > 0 ? (frames - 1) * hop + fft : 0; }
  };

  /// The roots of unity: table[2 k] = cos(2 pi k / fft), table[2 k + 1] = -sin(2 pi k / fft).
  template <class T>
  static void make_table(idx fft, T* table) {
    for (idx k = 0; k < fft; ++k) {
      const double angle = 2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(fft);
      table[2 * k] = static_cast<T>(std::cos(angle));
      table[2 * k + 1] = static_cast<T>(-std::sin(angle));
    }
  }
};

}  // namespace auris::op
