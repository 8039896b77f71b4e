#pragma once
#include <auris/backend/cuda/dot.cuh>
#include <auris/backend/cuda/elementwise.cuh>
#include <auris/backend/cuda/filter_bank.hpp>

namespace auris {

namespace detail::gpu {

inline constexpr int filter_bank_frames = 8;  ///< of a warp, which reads the weights of a band once for all of them

/// A warp for each band of some frames; neighbouring warps have neighbouring bands, which share bins. Behind the last frame
/// stands the first one of the warp: what comes of it is not kept.
template <class T>
__global__ void __launch_bounds__(element_threads)
    filter_bank_kernel(idx frames, idx bins, idx bands, const T* __restrict__ x, const idx* __restrict__ first,
                       const idx* __restrict__ offset, const T* __restrict__ weight, T* __restrict__ y) {
  constexpr int together = filter_bank_frames, lanes_each = warp_lanes / together;
  const idx thread = static_cast<idx>(blockIdx.x) * element_threads + threadIdx.x, task = thread / warp_lanes;
  const int lane = static_cast<int>(thread % warp_lanes);
  const idx band = task % bands, frame = task / bands * together;
  if (frame >= frames) return;
  const idx begin = offset[band];
  const T *const row[1] = {weight + begin}, *column[together];
  AURIS_UNROLL
  for (int i = 0; i < together; ++i) column[i] = x + (frame + i < frames ? frame + i : frame) * bins + first[band];
  T sum[1][together] = {};
  add_products(lane, offset[band + 1] - begin, row, column, sum);
  const T total = sum_of_lanes<together>(lane, sum[0]);
  const idx t = frame + lane / lanes_each;
  if (lane % lanes_each == 0 && t < frames) y[t * bands + band] = total;
}

}  // namespace detail::gpu

template <class T>
void kernel<op::filter_bank, cuda, T>::forward(const resources<cuda, T>& r, const op::filter_bank::size& s, const T* x,
                                               const idx* first, const idx* offset, const T* weight, T* y) noexcept {
  using namespace detail::gpu;
  constexpr idx warps = element_threads / warp_lanes;
  const idx tasks = (s.frames + filter_bank_frames - 1) / filter_bank_frames * s.bands;
  launch({"filter_bank", static_cast<unsigned>((tasks + warps - 1) / warps), element_threads, r.queue},
         filter_bank_kernel<T>, s.frames, s.bins, s.bands, x, first, offset, weight, y);
}

}  // namespace auris
