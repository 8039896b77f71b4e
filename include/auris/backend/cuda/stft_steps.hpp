#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/op/stft.hpp>

namespace auris::detail::gpu {

/// What op::stft does in front of a library's Fourier transform, which works in place, and behind it.
template <class T>
struct stft_steps {
  /// frames[t, n] = window[n] x[t hop + n], each frame at the start of a row of 2 bins() scalars. What follows it in the
  /// row is left as it is.
  static void cut(cuda_stream stream, const op::stft::size& s, const T* x, const T* window, T* frames) noexcept;
  /// y from spectra (frames, bins), complex numbers: each aligned as a whole.
  static void take_values(cuda_stream stream, const op::stft::size& s, const T* spectra, T* y) noexcept;
};

}  // namespace auris::detail::gpu
