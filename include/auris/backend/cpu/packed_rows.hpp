#pragma once
#include <auris/backend/cpu/operand.hpp>

namespace auris::detail {

/// A block of a as the loops of a product read it: panels of product_rows rows, [depth / 16][product_rows][16].
struct packed_rows {
  /// Rows that are packed at once at most.
  static constexpr idx most = 14 * product_rows;
  using packer = void (*)(const row_source& a, idx first, idx rows, idx from, idx depth, float* to) noexcept;

  /// Scalars of `rows` packed rows.
  [[gnu::noinline]] static constexpr idx size(idx rows, idx depth) {
    return (rows + product_rows - 1) / product_rows * panel_size(depth);
  }
  /// Where packed row i starts.
  static constexpr idx place(idx i, idx depth) {
    return i / product_rows * panel_size(depth) + i % product_rows * line;
  }

  /// Rows of the source.
  [[gnu::noinline]] static void pack(const row_source& a, idx first, idx rows, idx from, idx depth,
                                     float* to) noexcept {
    for (idx i = 0; i < rows; ++i) a.copy(first + i, from, depth, to + place(i, depth), product_rows * line);
    fill_tile(rows, depth, to);
  }
  /// Columns of the source.
  [[gnu::noinline]] static void pack_transposed(const row_source& a, idx first, idx rows, idx from, idx depth,
                                                float* to) noexcept {
    constexpr idx n = line;
    // Squares are read whole, the last one too.
    constexpr idx stride = whole_lines(most);
    float values[n * stride] = {}, square[n * n];
    for (idx k = 0; k < depth; k += n) {
      for (idx u = 0; u < n && k + u < depth; ++u) a.copy(from + k + u, first, rows, values + u * stride, n);
      for (idx i = 0; i < rows; ++i) {
        if (i % n == 0) loops::transpose_square(values + i, stride, square, n);
        __builtin_memcpy(to + place(i, depth) + k * product_rows, square + i % n * n, sizeof(float) * n);
      }
    }
    fill_tile(rows, depth, to);
  }

 private:
  static constexpr idx panel_size(idx depth) { return product_rows * whole_lines(depth); }
  /// Zeros behind the last of the packed rows, as far as a tile may reach; one row alone needs none.
  static void fill_tile(idx rows, idx depth, float* to) noexcept {
    for (idx i = rows; rows > 1 && i % product_few_rows != 0; ++i)
      for (idx k = 0; k < depth; k += line)
        __builtin_memset(to + place(i, depth) + k * product_rows, 0, sizeof(float) * line);
  }
};

}  // namespace auris::detail
