#pragma once
#include <auris/backend/cuda/warp.cuh>

namespace auris::detail::gpu {

/// sum[r][c] += what this lane has of the product of row r and column c, each `length` values: those from `lane` on, 32
/// apart. Neighbouring lanes read neighbouring values, so rows and columns need no alignment; columns, which may be far away,
/// are read some steps ahead. The values of a row are `stride` apart, and may be
/// stored in a smaller type.
template <int Rows, int Columns, class T, class Stored>
__device__ void add_products(int lane, idx length, const Stored* const (&row)[Rows], const T* const (&column)[Columns],
                             T (&sum)[Rows][Columns], idx stride = 1) {
  const auto add_steps = [&](idx from, auto count) {
    constexpr int steps = decltype(count)::value;
    T b[steps][Columns];
    AURIS_UNROLL
    for (int i = 0; i < steps; ++i) {
      AURIS_UNROLL
      for (int c = 0; c < Columns; ++c) b[i][c] = column[c][from + i * warp_lanes];
    }
    AURIS_UNROLL
    for (int i = 0; i < steps; ++i) {
      AURIS_UNROLL
      for (int r = 0; r < Rows; ++r) {
        const T a = static_cast<T>(row[r][(from + i * warp_lanes) * stride]);
        AURIS_UNROLL
        for (int c = 0; c < Columns; ++c) sum[r][c] += a * b[i][c];
      }
    }
  };
  constexpr int ahead = 4;
  idx from = 0;
  for (; from + ahead * warp_lanes <= length; from += ahead * warp_lanes)
    add_steps(from + lane, std::integral_constant<int, ahead>{});
  for (from += lane; from < length; from += warp_lanes) add_steps(from, std::integral_constant<int, 1>{});
}

/// The sum over all lanes of v[lane / (32 / Count)], for Count values in a row, a power of two up to 32: each half of the
/// lanes hands the other one the values that are not its own, then each quarter, and so on, `Lanes` apart. The bits of a sum do
/// not depend on Count. All lanes of the warp take part.
template <int Count, int Lanes = warp_lanes / 2, class T>
__device__ T sum_of_lanes(int lane, const T* v) {
  if constexpr (Count == 1) {
    T sum = v[0];
    AURIS_UNROLL
    for (int lanes = Lanes; lanes > 0; lanes /= 2) sum += from_lane_across(sum, lanes);
    return sum;
  } else {
    const bool upper = (lane & Lanes) != 0;
    T kept[Count / 2];
    AURIS_UNROLL
    for (int i = 0; i < Count / 2; ++i) {
      const T low = v[i], high = v[i + Count / 2];
      kept[i] = (upper ? high : low) + from_lane_across(upper ? low : high, Lanes);
    }
    return sum_of_lanes<Count / 2, Lanes / 2>(lane, kept);
  }
}

}  // namespace auris::detail::gpu
