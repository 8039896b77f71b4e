#pragma once
#include <auris/backend/cuda/divisor.cuh>
#include <auris/backend/cuda/elementwise.cuh>
#include <auris/backend/cuda/fft.cuh>
#include <auris/backend/cuda/stft_steps.hpp>
#include <cmath>

namespace auris::detail::gpu {

/// What op::stft has for a bin.
template <class T>
__device__ T bin_value(const complex<T>& z, bool power) {
  const T p = z.real * z.real + z.imaginary * z.imaginary;
  return power ? p : std::sqrt(p);
}

template <class T>
__global__ void cut_kernel(idx count, divisor fft, idx row, idx hop, const T* __restrict__ x,
                           const T* __restrict__ window, T* __restrict__ frames) {
  for_packs<1>(count, [&](idx i, auto) {
    const idx t = i / fft, n = i - t * fft.value();
    frames[t * row + n] = window[n] * x[t * hop + n];
  });
}

template <class T>
__global__ void bin_values_kernel(idx count, bool power, const T* __restrict__ spectra, T* __restrict__ y) {
  for_packs<1>(count, [&](idx i, auto) {
    const pack<T, 2> z = read_pack<2>(spectra + 2 * i);
    y[i] = bin_value(complex<T>{z.v[0], z.v[1]}, power);
  });
}

template <class T>
void stft_steps<T>::cut(cuda_stream stream, const op::stft::size& s, const T* x, const T* window, T* frames) noexcept {
  const idx count = s.frames * s.fft;
  launch({"stft", blocks_for(count, element_threads), element_threads, stream}, cut_kernel<T>, count, divisor(s.fft),
         2 * s.bins(), s.hop, x, window, frames);
}
template <class T>
void stft_steps<T>::take_values(cuda_stream stream, const op::stft::size& s, const T* spectra, T* y) noexcept {
  const idx count = s.frames * s.bins();
  launch({"stft", blocks_for(count, element_threads), element_threads, stream}, bin_values_kernel<T>, count, s.power,
         spectra, y);
}

}  // namespace auris::detail::gpu
