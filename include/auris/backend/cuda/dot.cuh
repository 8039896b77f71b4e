#pragma once
#include <auris/backend/cuda/warp.cuh>

namespace auris::detail::gpu {

/// sum[r][c] += what this lane has of the product of row r and column c, each `length` values: those from `lane` on, 32
/// apart. Neighbouring lanes read neighbouring values, so rows and columns need no alignment.
template <int Rows, int Columns, class T>
__device__ void add_products(int lane, idx length, const T* const (&row)[Rows], const T* const (&column)[Columns],
                             T (&sum)[Rows][Columns]) {
  for (idx k = lane; k < length; k += warp_lanes) {
    T a[Rows], b[Columns];
    AURIS_UNROLL
    for (int r = 0; r < Rows; ++r) a[r] = row[r][k];
    AURIS_UNROLL
    for (int c = 0; c < Columns; ++c) b[c] = column[c][k];
    AURIS_UNROLL
    for (int r = 0; r < Rows; ++r) {
      AURIS_UNROLL
      for (int c = 0; c < Columns; ++c) sum[r][c] += a[r] * b[c];
    }
  }
}

/// The sum over all lanes of v[lane / (32 / Count)], Count a power of two up to 32: each half of the lanes hands the other
/// one the sums that are not its own, then each quarter, and so on. Its bits do not depend on Count. All lanes of the warp
/// take part; v is used up.
template <int Count, class T>
__device__ T sum_of_lanes(int lane, T (&v)[Count]) {
  AURIS_UNROLL
  for (int kept = Count / 2, lanes = warp_lanes / 2; kept > 0; kept /= 2, lanes /= 2) {
    const bool upper = (lane & lanes) != 0;
    AURIS_UNROLL
    for (int i = 0; i < kept; ++i) {
      const T other = from_lane_across(upper ? v[i] : v[i + kept], lanes);
      v[i] = (upper ? v[i + kept] : v[i]) + other;
    }
  }
  AURIS_UNROLL
  for (int lanes = warp_lanes / 2 / Count; lanes > 0; lanes /= 2) v[0] += from_lane_across(v[0], lanes);
  return v[0];
}

}  // namespace auris::detail::gpu
