#pragma once
#include <auris/backend/cuda/compat.cuh>
#include <auris/backend/cuda/transposition.hpp>

namespace auris::detail::gpu {

inline constexpr int transposed_tile = 32, transposed_rows = 8;  // of a tile; of threads

/// A tile of 32 x 32 to each block, by way of shared memory: reads and writes are along rows. The padding puts a column of
/// the tile into different banks. `tiles` to each matrix, one behind the other.
template <bool Adds, class T>
__global__ void transposition_kernel(idx tiles, idx rows, idx columns, const T* from, T* to) {
  AURIS_SHARED(tile, T[transposed_tile][transposed_tile + 1]);
  const idx across = (columns + transposed_tile - 1) / transposed_tile;
  const idx item = static_cast<idx>(blockIdx.x) / tiles, own = static_cast<idx>(blockIdx.x) % tiles;
  const idx first_row = own / across * transposed_tile, first_column = own % across * transposed_tile;
  from += item * rows * columns;
  to += item * rows * columns;
  const int x = static_cast<int>(threadIdx.x), y = static_cast<int>(threadIdx.y);
  for (int i = y; i < transposed_tile; i += transposed_rows)
    if (first_row + i < rows && first_column + x < columns)
      tile[i][x] = from[(first_row + i) * columns + first_column + x];
  __syncthreads();
  for (int i = y; i < transposed_tile; i += transposed_rows)
    if (first_column + i < columns && first_row + x < rows) {
      T& value = to[(first_column + i) * rows + first_row + x];
      value = Adds ? value + tile[x][i] : tile[x][i];
    }
}

template <bool Adds, class T>
void transpose(const char* operation, cuda_stream stream, idx items, idx rows, idx columns, const T* from,
               T* to) noexcept {
  const auto parts = [](idx count) { return (count + transposed_tile - 1) / transposed_tile; };
  const idx tiles = parts(rows) * parts(columns);
  launch({operation, static_cast<unsigned>(items * tiles), {transposed_tile, transposed_rows}, stream},
         transposition_kernel<Adds, T>, tiles, rows, columns, from, to);
}

template <class T>
void transposition<T>::write(const char* operation, cuda_stream stream, idx rows, idx columns, const T* from,
                             T* to) noexcept {
  transpose<false>(operation, stream, 1, rows, columns, from, to);
}
template <class T>
void transposition<T>::add(const char* operation, cuda_stream stream, idx rows, idx columns, const T* from,
                           T* to) noexcept {
  transpose<true>(operation, stream, 1, rows, columns, from, to);
}

}  // namespace auris::detail::gpu
