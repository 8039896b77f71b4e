#pragma once
#include <auris/backend/cuda/elementwise.cuh>

namespace auris::detail::gpu {

// An operand gives the values (i, k) of a matrix: i counts rows of c for a, columns of c for b, and k the depth.
//
//   static constexpr bool along_depth;         whether values with neighbouring k lie side by side, else those of i
//   line line_at(int i) const                  what the values of one i share
//   const value* at(const line&, int k) const  where a value lies, or null for zero
//   using value                                as it is stored: converted on its way to shared memory

/// The rows of a row-major matrix, or, if not AlongDepth, its columns.
template <class T, bool AlongDepth>
struct matrix_lines {
  static constexpr bool along_depth = AlongDepth;
  using value = T;
  using line = idx;  // no address: there may be lines without depth, of no array
  const T* p;
  idx stride;  ///< from row to row

  __device__ line line_at(int i) const { return AlongDepth ? i * stride : i; }
  __device__ const T* at(line l, int k) const { return p + (AlongDepth ? l + k : l + k * stride); }
  /// Whether packs of Width values with a first index that is a multiple of Width lie within a row, aligned.
  template <int Width>
  bool packs(idx along) const {
    return aligned_for_packs<Width>(p) && stride % Width == 0 && along % Width == 0;
  }
};

/// The part of c that a block computes, Depth steps of the depth at a time. A thread has RowsEach x ColumnsEach values.
template <int Rows, int Columns, int Depth, int RowsEach, int ColumnsEach, int Resident>
struct product_tile {
  static constexpr int rows = Rows, columns = Columns, depth = Depth;
  static constexpr int rows_each = RowsEach, columns_each = ColumnsEach;
  static constexpr int threads = Rows / RowsEach * (Columns / ColumnsEach);
  static constexpr int resident = Resident;  ///< blocks on a multiprocessor that registers are kept free for
  static constexpr int lanes_down = 4, lanes_across = 8;
  static constexpr int warps_down = Rows / (RowsEach * lanes_down);
};
using large_tile = product_tile<128, 128, 8, 8, 8, 2>;
using narrow_tile = product_tile<128, 64, 8, 8, 8, 3>;
using small_tile = product_tile<64, 64, 16, 4, 4, 3>;
using plain_tile = product_tile<64, 64, 16, 4, 4, 2>;  ///< for single values and for double, which need more registers

/// A tile of an operand in shared memory, [k][i]. The padding keeps rows aligned, and threads that write eight neighbours in
/// depth in different banks.
template <class T, int Extent, int Depth>
using shared_tile = T[Depth][Extent + 4];

/// Brings tiles of an operand into registers, as they are stored, and from there into shared memory, Width values at a time.
template <class Operand, int Extent, int Depth, int Threads, int Width>
class tile_reader {
  using stored = typename Operand::value;
  static constexpr bool along_depth = Operand::along_depth;
  static constexpr int packs = Extent * Depth / (Width * Threads);
  static constexpr int packs_down = 8 / Width;  // neighbours in depth that consecutive threads read: 32 bytes of floats
  static_assert(packs * Width * Threads == Extent * Depth && Depth % 8 == 0);

 public:
  /// For the lines [first, extent), as many as the tile has. Behind them stands the first one: what comes of it is not kept.
  __device__ tile_reader(const Operand& operand, int first, int extent) : operand_(operand) {
    AURIS_UNROLL
    for (int q = 0; q < packs; ++q) {
      const int i = first + line_of(q);
      line_[q] = operand.line_at(i < extent ? i : first);
    }
  }
  /// Reads the tile that starts at depth k; from `end` on it is zero.
  __device__ void read(int k, int end) {
    AURIS_UNROLL
    for (int q = 0; q < packs; ++q) {
      const int at = k + depth_of(q);
      const stored* const p = at < end ? operand_.at(line_[q], at) : nullptr;
      held_[q] = p ? *reinterpret_cast<const pack<stored, Width>*>(p) : pack<stored, Width>{};
    }
  }
  template <class T>
  __device__ void write(shared_tile<T, Extent, Depth>& to) const {
    AURIS_UNROLL
    for (int q = 0; q < packs; ++q) {
      T* const p = &to[depth_of(q)][line_of(q)];
      if constexpr (along_depth) {
        AURIS_UNROLL
        for (int w = 0; w < Width; ++w) p[w * (Extent + 4)] = static_cast<T>(held_[q].v[w]);
      } else {
        pack<T, Width> values;
        AURIS_UNROLL
        for (int w = 0; w < Width; ++w) values.v[w] = static_cast<T>(held_[q].v[w]);
        *reinterpret_cast<pack<T, Width>*>(p) = values;
      }
    }
  }

 private:
  // Where in the tile the q-th pack of this thread starts.
  __device__ static int place(int q) { return static_cast<int>(threadIdx.x) + q * Threads; }
  __device__ static int line_of(int q) {
    return along_depth ? place(q) / packs_down % Extent : place(q) % (Extent / Width) * Width;
  }
  __device__ static int depth_of(int q) {
    return along_depth ? (place(q) % packs_down + place(q) / (packs_down * Extent) * packs_down) * Width
                       : place(q) / (Extent / Width);
  }

  const Operand& operand_;
  typename Operand::line line_[packs];
  pack<stored, Width> held_[packs];
};

}  // namespace auris::detail::gpu
