#pragma once
#include <auris/backend/cuda/constant_q.hpp>
#include <auris/backend/cuda/dot.cuh>
#include <auris/backend/cuda/elementwise.cuh>
#include <cmath>

namespace auris {

namespace detail::gpu {

inline constexpr int constant_q_frames = 8;  ///< of a warp, which reads the weights of a band once for all of them

/// A warp for each band of some frames. Behind the last frame stands the first one of the warp: what comes of it is not
/// kept.
template <class T>
__global__ void __launch_bounds__(element_threads)
    constant_q_kernel(idx frames, idx hop, idx bands, idx weights, bool power, const T* __restrict__ x,
                      const idx* __restrict__ first, const idx* __restrict__ offset, const T* __restrict__ weight,
                      T* __restrict__ y) {
  constexpr int together = constant_q_frames, lanes_each = warp_lanes / together;
  const idx thread = static_cast<idx>(blockIdx.x) * element_threads + threadIdx.x, task = thread / warp_lanes;
  const int lane = static_cast<int>(thread % warp_lanes);
  const idx band = task % bands, frame = task / bands * together;
  if (frame >= frames) return;
  const idx begin = offset[band];
  const T *const row[2] = {weight + begin, weight + weights + begin}, *column[together];
  AURIS_UNROLL
  for (int i = 0; i < together; ++i) column[i] = x + (frame + i < frames ? frame + i : frame) * hop + first[band];
  T sum[2][together] = {};
  add_products(lane, offset[band + 1] - begin, row, column, sum);
  const T real = sum_of_lanes<together>(lane, sum[0]), imaginary = sum_of_lanes<together>(lane, sum[1]);
  const T squared = real * real + imaginary * imaginary;
  const idx t = frame + lane / lanes_each;
  if (lane % lanes_each == 0 && t < frames) y[t * bands + band] = power ? squared : std::sqrt(squared);
}

}  // namespace detail::gpu

template <class T>
void kernel<op::constant_q, cuda, T>::forward(const resources<cuda, T>& r, const op::constant_q::size& s, const T* x,
                                              const idx* first, const idx* offset, const T* weight, T* y) noexcept {
  using namespace detail::gpu;
  constexpr idx warps = element_threads / warp_lanes;
  const idx tasks = (s.frames + constant_q_frames - 1) / constant_q_frames * s.bands;
  if (tasks <= 0) return;
  launch({"constant_q", static_cast<unsigned>((tasks + warps - 1) / warps), element_threads, r.queue},
         constant_q_kernel<T>, s.frames, s.hop, s.bands, s.weights, s.power, x, first, offset, weight, y);
}

}  // namespace auris
