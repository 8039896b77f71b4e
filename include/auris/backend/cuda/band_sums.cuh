#pragma once
#include <auris/backend/cuda/dot.cuh>
#include <auris/backend/cuda/elementwise.cuh>

namespace auris::detail::gpu {

inline constexpr int band_sum_frames = 8;  ///< of a warp

/// Sums of bands of frames that lie `stride` values apart: of each band the products of some neighbouring values, from `first` on,
/// with its weights, which begin at `offset`, in Rows tables that lie `table` weights apart. Finish makes of the sums what is kept.
///
/// A warp has one band of some frames, and reads the weights once for all of them; neighbouring warps have neighbouring bands, which
/// share values. Behind the last frame stands the first one of the warp: what comes of it is not kept.
template <int Rows, class Finish, class T>
__global__ void __launch_bounds__(element_threads)
    band_sums_kernel(idx frames, idx stride, idx bands, idx table, Finish finish, const T* __restrict__ x,
                     const idx* __restrict__ first, const idx* __restrict__ offset, const T* __restrict__ weight,
                     T* __restrict__ y) {
  constexpr int together = band_sum_frames, lanes_each = warp_lanes / together;
  const idx thread = static_cast<idx>(blockIdx.x) * element_threads + threadIdx.x, task = thread / warp_lanes;
  const int lane = static_cast<int>(thread % warp_lanes);
  const idx band = task % bands, frame = task / bands * together;
  if (frame >= frames) return;
  const idx begin = offset[band];
  const T *row[Rows], *column[together];
  AURIS_UNROLL
  for (int r = 0; r < Rows; ++r) row[r] = weight + r * table + begin;
  AURIS_UNROLL
  for (int i = 0; i < together; ++i) column[i] = x + (frame + i < frames ? frame + i : frame) * stride + first[band];
  T sum[Rows][together] = {}, own[Rows];
  add_products(lane, offset[band + 1] - begin, row, column, sum);
  AURIS_UNROLL
  for (int r = 0; r < Rows; ++r) own[r] = sum_of_lanes<together>(lane, sum[r]);
  const idx t = frame + lane / lanes_each;
  if (lane % lanes_each == 0 && t < frames) y[t * bands + band] = finish(own);
}

/// Queues them.
template <int Rows, class Finish, class T>
void sum_bands(const char* operation, cuda_stream stream, idx frames, idx stride, idx bands, idx table,
               const Finish& finish, const T* x, const idx* first, const idx* offset, const T* weight, T* y) noexcept {
  constexpr idx warps = element_threads / warp_lanes;
  const idx tasks = (frames + band_sum_frames - 1) / band_sum_frames * bands;
  if (tasks <= 0) return;
  launch({operation, static_cast<unsigned>((tasks + warps - 1) / warps), element_threads, stream},
         band_sums_kernel<Rows, Finish, T>, frames, stride, bands, table, finish, x, first, offset, weight, y);
}

}  // namespace auris::detail::gpu
