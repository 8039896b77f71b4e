#pragma once
#include <auris/backend/cuda/columns.cuh>

namespace auris::detail::gpu {

/// Of the values that a thread has met in each of its columns: how many, their mean, and their spread, the sum of
/// squared deviations from it. Parts are merged as Chan, Golub and LeVeque (1979) do, so that each value is read once
/// and small differences of large values stay.
template <bool Packed, class T>
struct moments {
  static constexpr int width = four_columns<Packed>::width;
  T count = 0, mean[width] = {}, spread[width] = {};

  __device__ void merge(T other, const pack<T, width>& other_mean, const pack<T, width>& other_spread) {
    const T all = count + other, share = other / all, both = count * share;
    AURIS_UNROLL
    for (int k = 0; k < width; ++k) {
      const T apart = other_mean.v[k] - mean[k];
      mean[k] += apart * share;
      spread[k] += other_spread.v[k] + apart * apart * both;
    }
    count = all;
  }
  /// Of all threads of the block that have the same columns; `all` is what their counts sum up to.
  __device__ void merge_block(const four_columns<Packed>& mine, T all) {
    T sum[width];
    AURIS_UNROLL
    for (int k = 0; k < width; ++k) sum[k] = count * mean[k];
    mine.reduce(sum, add{});
    AURIS_UNROLL
    for (int k = 0; k < width; ++k) {
      const T apart = mean[k] - sum[k] / all;
      mean[k] = sum[k] / all;
      spread[k] += apart * apart * count;
    }
    mine.reduce(spread, add{});
    count = all;
  }
  template <class To>
  __device__ void give(const four_columns<Packed>& mine, const To& to) const {
    if (threadIdx.y != 0) return;
    AURIS_UNROLL
    for (int k = 0; k < width; ++k)
      if (mine.has(k)) to(mine.column(k), mean[k], spread[k]);
  }
};

/// to(c, mean, spread) of column c of x, `block_rows` rows to each blockIdx.y.
template <bool Packed, class T, class To>
__global__ void column_moments_kernel(column_layout m, idx block_rows, const T* x, To to) {
  constexpr int width = four_columns<Packed>::width, depth = 8;  // rows in registers
  const four_columns<Packed> mine(m.columns, [&](idx c) { return c * m.inner; });
  const idx begin = blockIdx.y * block_rows, end = begin + block_rows < m.rows ? begin + block_rows : m.rows;
  moments<Packed, T> found;
  for (row_cursor r(m, begin + threadIdx.y); r.row < end;) {
    pack<T, width> row[depth] = {}, mean = {}, spread = {};
    int rows = 0;
    AURIS_UNROLL
    for (int i = 0; i < depth; ++i)
      if (r.row < end) {
        row[i] = mine.read(x + r.at);
        rows = i + 1;
        r.next();
      }
    AURIS_UNROLL
    for (int k = 0; k < width; ++k) {
      AURIS_UNROLL
      for (int i = 0; i < depth; ++i) mean.v[k] += row[i].v[k];
      mean.v[k] /= static_cast<T>(rows);
      AURIS_UNROLL
      for (int i = 0; i < depth; ++i) {
        const T apart = row[i].v[k] - mean.v[k];
        if (i < rows) spread.v[k] += apart * apart;
      }
    }
    found.merge(static_cast<T>(rows), mean, spread);
  }
  found.merge_block(mine, static_cast<T>(end - begin));
  found.give(mine, to);
}

/// Mean and spread of each block of rows: (blocks, columns) and (blocks, columns).
template <class T>
struct block_moments {
  T *mean, *spread;
  idx columns;
  __device__ void operator()(idx c, T column_mean, T column_spread) const {
    mean[blockIdx.y * columns + c] = column_mean;
    spread[blockIdx.y * columns + c] = column_spread;
  }
};
/// to(c, mean, spread) of all blocks of `block_rows` rows, the last of fewer.
template <class T, class To>
__global__ void merge_moments_kernel(column_layout m, idx block_rows, idx blocks, block_moments<T> part, To to) {
  const four_columns<false> mine(m.columns, [](idx c) { return c; });
  moments<false, T> found;
  for (idx b = threadIdx.y; b < blocks; b += blockDim.y) {
    const idx rows = b + 1 < blocks ? block_rows : m.rows - b * block_rows;
    found.merge(static_cast<T>(rows), mine.read(part.mean + b * m.columns), mine.read(part.spread + b * m.columns));
  }
  found.merge_block(mine, static_cast<T>(m.rows));
  found.give(mine, to);
}

/// Queues to(c, mean, spread) for every column c of x; rows > 0. Workspace: `column_blocks::workspace(2)` scalars.
template <class T, class To>
void find_column_moments(const char* operation, cuda_stream stream, const column_layout& m, const T* x, const To& to,
                         T* workspace) noexcept {
  const column_blocks b = m.blocks();
  const idx count = b.count();
  const auto run = [&](const auto& target) {
    using target_type = std::remove_cvref_t<decltype(target)>;
    launch({operation, grid_of(b), threads_of(b), stream},
           m.packed(several<const T*, 1>{{x}}) ? column_moments_kernel<true, T, target_type>
                                               : column_moments_kernel<false, T, target_type>,
           m, b.block_rows(), x, target);
  };
  if (count == 1) return run(to);
  const block_moments<T> part{workspace, workspace + count * m.columns, m.columns};
  run(part);
  const column_blocks all{count, m.columns};
  launch({operation, grid_of(all), threads_of(all), stream}, merge_moments_kernel<T, To>, m, b.block_rows(), count,
         part, to);
}

}  // namespace auris::detail::gpu
