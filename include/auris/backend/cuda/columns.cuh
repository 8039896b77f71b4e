#pragma once
#include <auris/backend/cuda/column_sum.hpp>
#include <auris/backend/cuda/elementwise.cuh>
#include <auris/backend/cuda/warp.cuh>

namespace auris::detail::gpu {

/// The columns of a thread in a block (lanes, steps) of `column_blocks::threads`: four of the 4 * lanes of blockIdx.x.
/// Where Packed they stand side by side and are read and written at once, which columns % 4 == 0 and aligned arrays
/// allow; else they are `lanes` apart, so that neighbouring threads have neighbouring ones. The order of sums is the
/// same in both.
template <bool Packed>
struct four_columns {
  static constexpr int width = column_blocks::width;

  /// place(column) is where column stands in the first row.
  template <class Place>
  __device__ four_columns(idx columns, const Place& place)
      : first_(static_cast<idx>(blockIdx.x) * blockDim.x * width + threadIdx.x * (Packed ? width : 1)),
        apart_(Packed ? 1 : static_cast<int>(blockDim.x)),
        columns_(columns) {
    AURIS_UNROLL
    for (int k = 0; k < width; ++k) at_[k] = has(k) ? place(column(k)) : 0;
  }
  __device__ idx column(int k) const { return first_ + k * apart_; }
  __device__ bool has(int k) const { return column(k) < columns_; }

  /// What the row that starts at p has; 0 where there is no column.
  template <class T>
  __device__ pack<T, width> read(const T* p) const {
    pack<T, width> r{};
    if constexpr (Packed) {
      if (has(0)) r = *reinterpret_cast<const pack<T, width>*>(p + at_[0]);
    } else {
      AURIS_UNROLL
      for (int k = 0; k < width; ++k)
        if (has(k)) r.v[k] = p[at_[k]];
    }
    return r;
  }
  template <class T>
  __device__ void write(T* p, const pack<T, width>& r) const {
    if constexpr (Packed) {
      if (has(0)) *reinterpret_cast<pack<T, width>*>(p + at_[0]) = r;
    } else {
      AURIS_UNROLL
      for (int k = 0; k < width; ++k)
        if (has(k)) p[at_[k]] = r.v[k];
    }
  }

  /// v[k] becomes op of what all threads of the block have for column k.
  template <class V, class Op>
  __device__ void reduce(V (&v)[width], const Op& op) const {
    constexpr int threads = column_blocks::threads;
    AURIS_SHARED(part, V[width][threads]);
    const int lanes = static_cast<int>(blockDim.x), lane = static_cast<int>(threadIdx.x);
    const int step = static_cast<int>(threadIdx.y), together = lanes < warp_lanes ? warp_lanes / lanes : 1;
    const int parts = threads / (lanes * together);
    AURIS_UNROLL
    for (int k = 0; k < width; ++k) v[k] = warp_reduce(v[k], lanes, warp_lanes, op);
    if (parts == 1) return;
    __syncthreads();  // the call before may still read
    if (step % together == 0) {
      AURIS_UNROLL
      for (int k = 0; k < width; ++k) part[k][step / together * lanes + lane] = v[k];
    }
    __syncthreads();
    AURIS_UNROLL
    for (int k = 0; k < width; ++k) {
      v[k] = part[k][lane];
      for (int i = 1; i < parts; ++i) v[k] = op(v[k], part[k][i * lanes + lane]);
    }
  }

 private:
  idx first_;
  int apart_;
  idx columns_;
  idx at_[width];
};

inline dim3 grid_of(const column_blocks& b) {
  return {static_cast<unsigned>(b.tiles()), static_cast<unsigned>(b.count())};
}
inline dim3 threads_of(const column_blocks& b) {
  return {static_cast<unsigned>(b.lanes()), static_cast<unsigned>(b.steps())};
}

/// A matrix in an array (outer, columns, inner) whose outer parts are `stride` apart: row n is (n / inner, n % inner).
struct column_layout {
  idx rows, columns, inner, stride;

  static column_layout channels(idx outer, idx channels, idx inner) {
    return {outer * inner, channels, inner, channels * inner};
  }
  column_blocks blocks() const { return {rows, columns, inner == 1}; }
  /// Whether threads may read and write four columns at once.
  template <class P, int Count>
  bool packed(const several<P, Count>& arrays) const {
    constexpr int width = column_blocks::width;
    bool all = inner == 1 && columns % width == 0 && stride % width == 0;
    for (int i = 0; i < Count; ++i) all = all && aligned_for_packs<width>(arrays.v[i]);
    return all;
  }
};

/// The rows of a thread: from `first` on, blockDim.y apart.
class row_cursor {
 public:
  __device__ row_cursor(const column_layout& m, idx first) : row(first), inner_(m.inner) {
    const idx step = blockDim.y;
    if (inner_ == 1) {
      at = first * m.stride;
      step_ = step * m.stride;
    } else {
      i_ = first % inner_;
      at = first / inner_ * m.stride + i_;
      step_i_ = step % inner_;
      step_ = step / inner_ * m.stride + step_i_;
      wrap_ = m.stride - inner_;
    }
  }
  __device__ void next() {
    row += blockDim.y;
    at += step_;
    i_ += step_i_;
    if (i_ >= inner_) {
      i_ -= inner_;
      at += wrap_;
    }
  }

  idx row, at;  ///< at: where the row's first column stands

 private:
  idx inner_, i_ = 0, step_ = 0, step_i_ = 0, wrap_ = 0;
};

}  // namespace auris::detail::gpu
