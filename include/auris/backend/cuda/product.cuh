#pragma once
#include <auris/backend/cuda/product.hpp>
#include <auris/backend/cuda/product_tile.cuh>

namespace auris::detail::gpu {

// The matrix product of the CUDA backend. Every value of c is one chain of multiply-adds over the depth of a split; partial
// sums of several splits lie in the workspace until a second kernel adds them in order. So bits depend neither on the tile
// nor on how arrays are aligned.

/// What happens to c: `start` is null (c = a b), a row that is repeated (bias + a b), or c itself (c += a b). Where `window` is 2 or
/// 4, a row of c is the largest or the mean of so many rows that follow each other; no pack of T is shorter, and `start` is
/// null or a row.
template <class T>
struct destination {
  T* c;
  idx stride;
  const T* start = nullptr;
  idx start_stride = 0;
  bool rectify = false;
  int window = 1;
  bool average = false;
  bool packs = false;  ///< whether whole packs of a row of c and of start may be accessed at once

  static destination add_to(T* c, idx stride) { return {c, stride, c, stride}; }

  void look_for_packs() {
    constexpr int width = pack_width<T>;
    packs = aligned_for_packs<width>(c) && stride % width == 0 &&
            (!start || (aligned_for_packs<width>(start) && start_stride % width == 0));
  }

  /// c[row, column + w] = start + sum.v[w], as far as columns go.
  template <int Width>
  __device__ void put(int row, int column, int columns, const pack<T, Width>& sum) const {
    write(row, column, columns, finished(row, column, columns, sum));
  }
  /// The rows from `row` on, of which there are `rows` in all, are those of whole windows.
  template <int Width>
  __device__ void put_windows(int row, int rows, int column, int columns, pack<T, Width> (&sums)[Width]) const {
    AURIS_UNROLL
    for (int i = 0; i < Width; ++i) sums[i] = finished(0, column, columns, sums[i]);
    AURIS_UNROLL
    for (int i = 0; i < Width; i += 2) sums[i] = joined(sums[i], sums[i + 1]);
    if (window == Width) {
      if constexpr (Width == 4) sums[0] = joined(sums[0], sums[2]);
      write(row / Width, column, columns, pooled(sums[0]));
    } else {
      AURIS_UNROLL
      for (int i = 0; i < Width; i += 2)
        if (row + i < rows) write((row + i) / 2, column, columns, pooled(sums[i]));
    }
  }

  /// start + sum, rectified.
  template <int Width>
  __device__ pack<T, Width> finished(int row, int column, int columns, pack<T, Width> sum) const {
    const T* const from = start ? start + row * start_stride + column : nullptr;
    if (from && packs && column + Width <= columns) {
      const auto first = *reinterpret_cast<const pack<T, Width>*>(from);
      AURIS_UNROLL
      for (int w = 0; w < Width; ++w) sum.v[w] = first.v[w] + sum.v[w];
    } else if (from) {
      AURIS_UNROLL
      for (int w = 0; w < Width; ++w)
        if (column + w < columns) sum.v[w] = from[w] + sum.v[w];
    }
    AURIS_UNROLL
    for (int w = 0; w < Width; ++w)
      if (rectify && sum.v[w] < T(0)) sum.v[w] = T(0);
    return sum;
  }
  template <int Width>
  __device__ pack<T, Width> joined(const pack<T, Width>& a, const pack<T, Width>& b) const {
    pack<T, Width> both;
    AURIS_UNROLL
    for (int w = 0; w < Width; ++w) {
      const T u = a.v[w], v = b.v[w];
      both.v[w] = average ? u + v : v > u || v != v ? v : u;
    }
    return both;
  }
  /// What is written of a window whose rows are joined.
  template <int Width>
  __device__ pack<T, Width> pooled(pack<T, Width> v) const {
    AURIS_UNROLL
    for (int w = 0; w < Width; ++w)
      if (average) v.v[w] *= T(1) / static_cast<T>(window);
    return v;
  }
  template <int Width>
  __device__ void write(int row, int column, int columns, const pack<T, Width>& v) const {
    T* const to = c + row * stride + column;
    if (packs && column + Width <= columns)
      *reinterpret_cast<pack<T, Width>*>(to) = v;
    else {
      AURIS_UNROLL
      for (int w = 0; w < Width; ++w)
        if (column + w < columns) to[w] = v.v[w];
    }
  }
};

struct product_size {
  int rows, columns, depth;
  int depth_each;  ///< of one split
};

/// sum += a b over the depth of one tile, for the values of one thread.
template <class Tile, class T, int Groups, int GroupsAcross>
__device__ void multiply_tile(const shared_tile<T, Tile::rows, Tile::depth>& a,
                              const shared_tile<T, Tile::columns, Tile::depth>& b, int row, int column,
                              pack<T, pack_width<T>> (&sum)[Tile::rows_each][GroupsAcross]) {
  constexpr int width = pack_width<T>;
  using values = pack<T, width>;
  AURIS_UNROLL
  for (int k = 0; k < Tile::depth; ++k) {
    values x[Groups], y[GroupsAcross];
    AURIS_UNROLL
    for (int g = 0; g < Groups; ++g) x[g] = *reinterpret_cast<const values*>(&a[k][g * (Tile::rows / Groups) + row]);
    AURIS_UNROLL
    for (int g = 0; g < GroupsAcross; ++g)
      y[g] = *reinterpret_cast<const values*>(&b[k][g * (Tile::columns / GroupsAcross) + column]);
    AURIS_UNROLL
    for (int i = 0; i < Tile::rows_each; ++i) {
      AURIS_UNROLL
      for (int g = 0; g < GroupsAcross; ++g) {
        AURIS_UNROLL
        for (int w = 0; w < width; ++w) sum[i][g].v[w] += x[i / width].v[i % width] * y[g].v[w];
      }
    }
  }
}

/// The tile (blockIdx.x, blockIdx.y) of c; blockIdx.z is the split, whose c lies `part` scalars behind that of the one before.
///
/// The next tile of a and b is on its way from memory while the present one is multiplied. The values of a thread come in
/// groups of one pack that are spread over the tile: so the packs that a warp reads from shared memory lie side by side.
template <class Tile, int Width, class T, class A, class B>
__global__ void __launch_bounds__(Tile::threads, Tile::resident)
    product_kernel(product_size s, A a, B b, destination<T> to, idx part) {
  constexpr int width = pack_width<T>, groups = Tile::rows_each / width, groups_across = Tile::columns_each / width;
  using a_tile = shared_tile<T, Tile::rows, Tile::depth>;
  using b_tile = shared_tile<T, Tile::columns, Tile::depth>;
  AURIS_SHARED(a_shared, a_tile[2]);
  AURIS_SHARED(b_shared, b_tile[2]);

  const int first_row = static_cast<int>(blockIdx.x) * Tile::rows;
  const int first_column = static_cast<int>(blockIdx.y) * Tile::columns;
  const int split = static_cast<int>(blockIdx.z), begin = split * s.depth_each;
  const int end = s.depth - begin < s.depth_each ? s.depth : begin + s.depth_each;

  // Lanes two by two below each other: so each half of a warp reads no more than 128 bytes of a row in shared memory.
  const int warp = static_cast<int>(threadIdx.x) / 32, lane = static_cast<int>(threadIdx.x) % 32;
  const int lane_down = lane % 2 + lane / (2 * Tile::lanes_across) * 2, lane_across = lane / 2 % Tile::lanes_across;
  const int row = (warp % Tile::warps_down * Tile::lanes_down + lane_down) * width;
  const int column = (warp / Tile::warps_down * Tile::lanes_across + lane_across) * width;

  tile_reader<A, Tile::rows, Tile::depth, Tile::threads, Width> read_a(a, first_row, s.rows);
  tile_reader<B, Tile::columns, Tile::depth, Tile::threads, Width> read_b(b, first_column, s.columns);
  const auto read = [&](int k) { read_a.read(k, end), read_b.read(k, end); };
  const auto share = [&](int half) {
    read_a.write(a_shared[half]), read_b.write(b_shared[half]);
    __syncthreads();
  };

  pack<T, width> sum[Tile::rows_each][groups_across] = {};
  read(begin);
  share(0);
  for (int k = begin, half = 0; k < end; half ^= 1) {
    k += Tile::depth;
    if (k < end) read(k);
    multiply_tile<Tile, T, groups>(a_shared[half], b_shared[half], row, column, sum);
    if (k < end) share(half ^ 1);
  }

  to.c += split * part;
  AURIS_UNROLL
  for (int i = 0; i < Tile::rows_each; i += width) {
    const int r = first_row + i / width * (Tile::rows / groups) + row;
    if (r >= s.rows) continue;
    AURIS_UNROLL
    for (int g = 0; g < groups_across; ++g) {
      const int across = first_column + g * (Tile::columns / groups_across) + column;
      pack<T, width> rows[width];
      AURIS_UNROLL
      for (int j = 0; j < width; ++j) rows[j] = sum[i + j][g];
      if (to.window > 1)
        to.put_windows(r, s.rows, across, s.columns, rows);
      else {
        AURIS_UNROLL
        for (int j = 0; j < width; ++j)
          if (r + j < s.rows) to.put(r + j, across, s.columns, rows[j]);
      }
    }
  }
}

inline constexpr int product_sum_threads = 256;

/// c = start + the sum of `splits` parts of (rows, columns). A column of threads shares the parts of one value; where rows are
/// pooled, one thread adds up those of all rows of a window.
template <class T>
__global__ void __launch_bounds__(product_sum_threads)
    product_sum_kernel(int rows, int columns, int splits, const T* parts, destination<T> to) {
  AURIS_SHARED(sums, T[product_sum_threads]);
  const int count = rows * columns, across = static_cast<int>(blockDim.x), down = static_cast<int>(blockDim.y);
  const int x = static_cast<int>(threadIdx.x), y = static_cast<int>(threadIdx.y);
  const int i = static_cast<int>(blockIdx.x) * across + x, row = i / columns, column = i - row * columns;
  const bool there = i < count / to.window;
  pack<T, 1> result{};
  for (int r = 0; r < to.window; ++r) {
    const int from = (row * to.window + r) * columns + column;
    T sum = 0;
    if (there)
      for (int k = y; k < splits; k += down) sum += parts[static_cast<idx>(k) * count + from];
    sums[y * across + x] = sum;
    __syncthreads();
    if (y != 0 || !there) continue;
    for (int k = 1; k < down; ++k) sum += sums[k * across + x];
    const pack<T, 1> value = to.finished(row, column, columns, pack<T, 1>{{sum}});
    result = r > 0 ? to.joined(result, value) : value;
  }
  if (y == 0 && there) to.write(row, column, columns, to.window > 1 ? to.pooled(result) : result);
}

template <class Tile, int Width, class T, class A, class B>
void launch_product(const char* operation, cuda_stream stream, const product_size& s, idx splits, const A& a,
                    const B& b, const destination<T>& to, idx part) noexcept {
  const auto tiles = [](int count, int each) {
    return static_cast<unsigned>((static_cast<idx>(count) + each - 1) / each);
  };
  launch({operation,
          {tiles(s.rows, Tile::rows), tiles(s.columns, Tile::columns), static_cast<unsigned>(splits)},
          Tile::threads,
          stream},
         product_kernel<Tile, Width, T, A, B>, s, a, b, to, part);
}

/// Queues c = start + a b for each split of the plan by itself; the c of the next one lies `part` scalars further. Where a or b
/// cannot be read in packs, tiles are small. Rows, columns and depth are less than 2^31.
template <class T, class A, class B>
void multiply_splits(const char* operation, cuda_stream stream, const product_plan& plan, idx rows, idx columns,
                     idx depth, const A& a, const B& b, destination<T> c, idx part) noexcept {
  if (rows <= 0 || columns <= 0) return;
  constexpr int wide = pack_width<T>;
  const product_size s{static_cast<int>(rows), static_cast<int>(columns), static_cast<int>(depth),
                       static_cast<int>(plan.depth_each)};
  c.look_for_packs();
  if (part % wide != 0) c.packs = false;

  const auto run = [&](auto tile, auto width) {
    launch_product<decltype(tile), width()>(operation, stream, s, plan.splits, a, b, c, part);
  };
  constexpr std::integral_constant<int, wide> packs;
  if (plan.depth_each % wide != 0 || !a.template packs<wide>(A::along_depth ? depth : rows) ||
      !b.template packs<wide>(B::along_depth ? depth : columns))
    run(plain_tile{}, std::integral_constant<int, 1>{});
  else if constexpr (!std::is_same_v<T, float>)
    run(plain_tile{}, packs);
  else if (plan.shape == product_plan::tile::small)
    run(small_tile{}, packs);
  else if (plan.shape == product_plan::tile::narrow)
    run(narrow_tile{}, packs);
  else
    run(large_tile{}, packs);
}

/// Queues c = start + a b, cut as the plan says; the workspace holds `plan.workspace(rows, columns)`.
template <class T, class A, class B>
void multiply(const char* operation, cuda_stream stream, const product_plan& plan, idx rows, idx columns, idx depth,
              const A& a, const B& b, const destination<T>& to, T* workspace) noexcept {
  if (plan.splits <= 1) return multiply_splits(operation, stream, plan, rows, columns, depth, a, b, to, 0);
  const idx part = rows * columns;
  multiply_splits(operation, stream, plan, rows, columns, depth, a, b, destination<T>{workspace, columns}, part);
  const unsigned down = plan.splits > 16 && to.window == 1 ? 8 : 1, across = product_sum_threads / down;
  const unsigned results = static_cast<unsigned>(part / to.window);
  launch({operation, (results + across - 1) / across, dim3(across, down), stream}, product_sum_kernel<T>,
         static_cast<int>(rows), static_cast<int>(columns), static_cast<int>(plan.splits), workspace, to);
}

/// As above with the plan for these sizes and `product_workspace` scalars of scratch.
template <class T, class A, class B>
void multiply(const char* operation, cuda_stream stream, idx rows, idx columns, idx depth, const A& a, const B& b,
              const destination<T>& to, T* workspace) noexcept {
  multiply(operation, stream, product_plan::of<T>(rows, columns, depth), rows, columns, depth, a, b, to, workspace);
}

}  // namespace auris::detail::gpu
