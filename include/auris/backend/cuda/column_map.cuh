#pragma once
#include <auris/backend/cuda/columns.cuh>

namespace auris::detail::gpu {

/// y[n, c] = f.value(f.of(c), what the arrays x have at (n, c)), `block_rows` rows to each blockIdx.y. A thread reads
/// what it writes before it writes, so y may be one of x.
template <bool Packed, class T, int Arrays, class F>
__global__ void column_map_kernel(column_layout m, idx block_rows, F f, T* y, several<const T*, Arrays> x) {
  using columns = four_columns<Packed>;
  constexpr int width = columns::width, depth = 4;  // rows that are read before the first is written
  const columns mine(m.columns, [&](idx c) { return c * m.inner; });
  typename F::coefficients of[width] = {};
  AURIS_UNROLL
  for (int k = 0; k < width; ++k)
    if (mine.has(k)) of[k] = f.of(mine.column(k));

  const idx begin = blockIdx.y * block_rows, end = begin + block_rows < m.rows ? begin + block_rows : m.rows;
  for (row_cursor r(m, begin + threadIdx.y); r.row < end;) {
    pack<T, width> row[depth][Arrays];
    idx at[depth];
    int rows = 0;
    AURIS_UNROLL
    for (int i = 0; i < depth; ++i)
      if (r.row < end) {
        AURIS_UNROLL
        for (int a = 0; a < Arrays; ++a) row[i][a] = mine.read(x.v[a] + r.at);
        at[i] = r.at;
        rows = i + 1;
        r.next();
      }
    AURIS_UNROLL
    for (int i = 0; i < depth; ++i)
      if (i < rows) {
        pack<T, width> result;
        AURIS_UNROLL
        for (int k = 0; k < width; ++k) {
          several<T, Arrays> value;
          AURIS_UNROLL
          for (int a = 0; a < Arrays; ++a) value.v[a] = row[i][a].v[k];
          result.v[k] = f.value(of[k], value);
        }
        mine.write(y + at[i], result);
      }
  }
}

/// Queues y[n, c] = f.value(f.of(c), what the arrays x have at (n, c)); y may be one of x. Without rows f.of runs once
/// for every column.
template <class T, int Arrays, class F>
void map_columns(const char* operation, cuda_stream stream, const column_layout& m, const F& f,
                 const several<const T*, Arrays>& x, T* y) noexcept {
  constexpr idx most = 8192, least = 4;  // blocks; rows of a thread
  const column_blocks b = m.blocks();
  const idx tiles = b.tiles(), enough = tiles < most ? most / (tiles > 0 ? tiles : 1) : 1;
  const idx even = (m.rows + enough - 1) / enough, several_rows = least * b.steps();
  const idx block_rows = even > several_rows ? even : several_rows;
  const idx count = m.rows > 0 ? (m.rows + block_rows - 1) / block_rows : 1;
  launch({operation, dim3(static_cast<unsigned>(tiles), static_cast<unsigned>(count)), threads_of(b), stream},
         m.packed(x) && m.packed(several<const T*, 1>{{y}}) ? column_map_kernel<true, T, Arrays, F>
                                                            : column_map_kernel<false, T, Arrays, F>,
         m, block_rows, f, y, x);
}

}  // namespace auris::detail::gpu
