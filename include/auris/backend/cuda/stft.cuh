#pragma once
#include <auris/backend/cuda/fft.cuh>
#include <auris/backend/cuda/stft.hpp>
#include <auris/backend/cuda/stft_steps.cuh>

namespace auris {

namespace detail::gpu {

inline constexpr int most_stft_threads = 512;

/// Each row of threads of a block transforms one frame after the other; an even length as half as many complex numbers.
template <bool Shared, class T>
__global__ void __launch_bounds__(most_stft_threads)
    stft_kernel(op::stft::size s, fft_plan plan, idx frame_size, const T* __restrict__ x, const T* __restrict__ window,
                const T* __restrict__ table, T* workspace, T* __restrict__ y) {
  AURIS_DYNAMIC_SHARED(shared, T);
  T* const memory = Shared ? shared + threadIdx.y * frame_size : workspace + blockIdx.x * frame_size;
  const int roots = static_cast<int>(s.fft), length = static_cast<int>(plan.length);
  const int threads = static_cast<int>(blockDim.x), bins = roots / 2 + 1;
  const fft_numbers<T> numbers(memory, length), others(memory + frame_size / 2, length);
  const bool even = roots % 2 == 0;

  const idx step = static_cast<idx>(gridDim.x) * blockDim.y;
  for (idx begin = static_cast<idx>(blockIdx.x) * blockDim.y; begin < s.frames; begin += step) {
    const idx t = begin + threadIdx.y;
    const int thread = t < s.frames ? static_cast<int>(threadIdx.x) : roots;  // there only to wait
    const T* const frame = x + t * s.hop;
    T* const out = y + t * bins;
    const auto write = [&](int k, const complex<T>& z) { out[k] = bin_value(z, s.power); };
    const auto source = [&](int n) {
      return even ? complex<T>{window[2 * n] * frame[2 * n], window[2 * n + 1] * frame[2 * n + 1]}
                  : complex<T>{window[n] * frame[n], T(0)};
    };
    const fft_numbers<T> spectrum = fft<T>(plan, table, roots, thread, threads).run(source, numbers, others);
    if (!even) {
      for (int k = thread; k < bins; k += threads) write(k, spectrum.get(k));
    } else {
      // From the transform Z of the even numbers plus i times the odd ones: X[k] = E + w^k O, X[length - k] = conj(E - w^k O),
      // E = (Z[k] + conj Z[length - k]) / 2, O = (Z[k] - conj Z[length - k]) / 2i.
      constexpr T h = T(0.5);
      for (int k = thread; 2 * k <= length; k += threads) {
        const complex<T> a = spectrum.get(k), b = spectrum.get(k == 0 ? 0 : length - k);
        const complex<T> e{(a.real + b.real) * h, (a.imaginary - b.imaginary) * h};
        const complex<T> o = complex<T>{(a.imaginary + b.imaginary) * h, (b.real - a.real) * h}.times(table + 2 * k);
        write(k, e + o);
        write(length - k, e - o);
      }
    }
    __syncthreads();  // the next frame goes to the same place
  }
}

}  // namespace detail::gpu

template <class T>
void kernel<op::stft, cuda, T>::forward(const resources<cuda, T>& r, const op::stft::size& s, const T* x,
                                        const T* window, const T* table, T* y) noexcept {
  using namespace detail::gpu;
  const stft_layout<T> l(s);
  const dim3 block(static_cast<unsigned>(l.threads()), static_cast<unsigned>(l.together()));
  const auto run = [&](auto kernel, idx shared) {
    launch({"stft", static_cast<unsigned>(l.blocks()), block, r.queue, static_cast<std::size_t>(shared) * sizeof(T)},
           kernel, s, l.plan, l.frame_size(), x, window, table, r.workspace, y);
  };
  if (l.shared())
    run(stft_kernel<true, T>, l.together() * l.frame_size());
  else
    run(stft_kernel<false, T>, 0);
}

}  // namespace auris
