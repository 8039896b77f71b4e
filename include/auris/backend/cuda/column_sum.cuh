#pragma once
#include <auris/backend/cuda/columns.cuh>

namespace auris::detail::gpu {

/// to(c, sum over rows n of f.value(n, f.of(c), what the arrays x have at (n, c))), `block_rows` rows for a blockIdx.y.
template <bool Packed, class T, int Arrays, class F, class To>
__global__ void column_sum_kernel(column_layout m, idx block_rows, F f, To to, several<const T*, Arrays> x) {
  using columns = four_columns<Packed>;
  constexpr int width = columns::width;
  const columns mine(m.columns, [&](idx c) { return c * m.inner; });
  typename F::coefficients of[width] = {};
  AURIS_UNROLL
  for (int k = 0; k < width; ++k)
    if (mine.has(k)) of[k] = f.of(mine.column(k));

  const idx begin = blockIdx.y * block_rows, end = begin + block_rows < m.rows ? begin + block_rows : m.rows;
  several<T, F::sums> sum[width] = {};
  for (row_cursor r(m, begin + threadIdx.y); r.row < end; r.next()) {
    several<T, Arrays> value[width];
    AURIS_UNROLL
    for (int a = 0; a < Arrays; ++a) {
      const auto row = mine.read(x.v[a] + r.at);
      AURIS_UNROLL
      for (int k = 0; k < width; ++k) value[k].v[a] = row.v[k];
    }
    AURIS_UNROLL
    for (int k = 0; k < width; ++k) sum[k] = sum[k] + f.value(r.row, of[k], value[k]);
  }

  mine.reduce(sum, add{});
  if (threadIdx.y != 0) return;
  AURIS_UNROLL
  for (int k = 0; k < width; ++k)
    if (mine.has(k)) to(mine.column(k), sum[k]);
}

/// The sums of Sums arrays, each for itself.
template <class T, int Sums>
struct plain_sums {
  static constexpr int sums = Sums;
  struct coefficients {};
  __device__ coefficients of(idx) const { return {}; }
  __device__ several<T, Sums> value(idx, coefficients, const several<T, Sums>& x) const { return x; }
};
/// Keeps the sums of each blockIdx.y apart: (sums, blocks, columns).
template <class T, int Sums>
struct keep_apart {
  T* workspace;
  idx columns;
  __device__ void operator()(idx c, const several<T, Sums>& sum) const {
    AURIS_UNROLL
    for (int s = 0; s < Sums; ++s) workspace[(static_cast<idx>(s) * gridDim.y + blockIdx.y) * columns + c] = sum.v[s];
  }
};
template <class T>
struct add_to {
  T* p;
  __device__ void operator()(idx c, const several<T, 1>& sum) const { p[c] += sum.v[0]; }
};

/// Queues to(c, sums), for every column c, with the sums over rows n of f.value(n, f.of(c), what the arrays x have at
/// (n, c)). Sums of fixed blocks of rows go to the workspace, `column_blocks::workspace(F::sums)` scalars; a second
/// kernel adds these in order.
template <class T, int Arrays, class F, class To>
void sum_columns(const char* operation, cuda_stream stream, const column_layout& m, const F& f, const To& to,
                 const several<const T*, Arrays>& x, T* workspace) noexcept {
  const column_blocks b = m.blocks();
  const idx count = b.count();
  const auto run = [&](const auto& target) {
    using target_type = std::remove_cvref_t<decltype(target)>;
    launch({operation, grid_of(b), threads_of(b), stream},
           m.packed(x) ? column_sum_kernel<true, T, Arrays, F, target_type>
                       : column_sum_kernel<false, T, Arrays, F, target_type>,
           m, b.block_rows(), f, target, x);
  };
  if (count == 1) return run(to);
  constexpr int sums = F::sums;
  run(keep_apart<T, sums>{workspace, m.columns});

  several<const T*, sums> parts;
  for (int s = 0; s < sums; ++s) parts.v[s] = workspace + s * count * m.columns;
  const column_blocks all{count, m.columns};
  launch({operation, grid_of(all), threads_of(all), stream}, column_sum_kernel<false, T, sums, plain_sums<T, sums>, To>,
         column_layout{count, m.columns, 1, m.columns}, count, plain_sums<T, sums>{}, to, parts);
}

/// Queues sum[c] += the sum of column c of x (rows, columns), whose rows are `stride` apart. The workspace has
/// `column_blocks{rows, columns}.workspace()` scalars.
template <class T>
void add_column_sums(const char* operation, cuda_stream stream, idx rows, idx columns, const T* x, idx stride, T* sum,
                     T* workspace) noexcept {
  sum_columns(operation, stream, column_layout{rows, columns, 1, stride}, plain_sums<T, 1>{}, add_to<T>{sum},
              several<const T*, 1>{{x}}, workspace);
}

}  // namespace auris::detail::gpu
