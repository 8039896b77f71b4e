#pragma once
#include <auris/backend/cuda/dct.hpp>
#include <auris/backend/cuda/dot.cuh>
#include <auris/backend/cuda/elementwise.cuh>

namespace auris {

namespace detail::gpu {

inline constexpr int dct_rows = 8, dct_coefficients = 4;  ///< of a warp

/// A warp for dct_rows rows and dct_coefficients coefficients. Behind the last one stands the first one of the warp: what
/// comes of it is not kept.
template <class T>
__global__ void __launch_bounds__(element_threads) dct_kernel(idx rows, idx length, idx count, const T* __restrict__ x,
                                                              const T* __restrict__ table, T* __restrict__ y) {
  static_assert(dct_rows * dct_coefficients == warp_lanes);
  const idx thread = static_cast<idx>(blockIdx.x) * element_threads + threadIdx.x, task = thread / warp_lanes;
  const int lane = static_cast<int>(thread % warp_lanes);
  const idx across = (count + dct_coefficients - 1) / dct_coefficients;
  const idx k = task % across * dct_coefficients, r = task / across * dct_rows;
  if (r >= rows) return;
  const T *row[dct_coefficients], *column[dct_rows];
  AURIS_UNROLL
  for (int i = 0; i < dct_coefficients; ++i) row[i] = table + (k + i < count ? k + i : k) * length;
  AURIS_UNROLL
  for (int i = 0; i < dct_rows; ++i) column[i] = x + (r + i < rows ? r + i : r) * length;
  T sum[dct_coefficients][dct_rows] = {};
  add_products(lane, length, row, column, sum);
  const T total = sum_of_lanes<warp_lanes>(lane, sum[0]);
  const idx to_row = r + lane % dct_rows, to = k + lane / dct_rows;
  if (to_row < rows && to < count) y[to_row * count + to] = total;
}

}  // namespace detail::gpu

template <class T>
void kernel<op::dct, cuda, T>::forward(const resources<cuda, T>& r, const op::dct::size& s, const T* x, const T* table,
                                       T* y) noexcept {
  using namespace detail::gpu;
  constexpr idx warps = element_threads / warp_lanes;
  const idx tasks = (s.rows + dct_rows - 1) / dct_rows * ((s.count + dct_coefficients - 1) / dct_coefficients);
  launch({"dct", static_cast<unsigned>((tasks + warps - 1) / warps), element_threads, r.queue}, dct_kernel<T>, s.rows,
         s.length, s.count, x, table, y);
}

}  // namespace auris
