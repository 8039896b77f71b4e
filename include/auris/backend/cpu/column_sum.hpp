#pragma once
#include <auris/backend/cpu/array.hpp>
#include <auris/backend/cpu/vector.hpp>

namespace auris::detail {

/// Sums over the rows of (rows, columns) matrices, block by block: `partial(begin, end, to)` writes `columns` sums of the
/// rows [begin, end); the blocks are then added in order.
template <class T>
struct column_sum {
  static constexpr idx grain(idx rows, idx columns) {
    const idx least = row_grain(columns), even = (rows + most_blocks - 1) / most_blocks;
    return least > even ? least : even;
  }
  static constexpr idx blocks(idx rows, idx columns) {
    const idx g = grain(rows, columns);
    return (rows + g - 1) / g;
  }
  static constexpr idx workspace(idx rows, idx columns) { return blocks(rows, columns) * columns; }

  /// sum[j] += the sum of all blocks.
  template <class Partial>
  static void run(executor& e, idx rows, idx columns, const Partial& partial, T* sum, T* workspace) noexcept {
    const idx g = grain(rows, columns);
    for_ranges(e, rows, g, [&](idx begin, idx end, int) { partial(begin, end, workspace + begin / g * columns); });
    for (idx b = 0; b < blocks(rows, columns); ++b) add_to(columns, sum, workspace + b * columns);
  }
  /// sum[j] += the sum of column j of x, whose rows are `stride` apart.
  [[gnu::noinline]] static void run(executor& e, idx rows, idx columns, const T* x, idx stride, T* sum,
                                    T* workspace) noexcept {
    run(
        e, rows, columns,
        [&](idx begin, idx end, T* to) {
          for (idx j = 0; j < columns; ++j) to[j] = 0;
          for (idx r = begin; r < end; ++r) add_to(columns, to, x + r * stride);
        },
        sum, workspace);
  }

 private:
  static constexpr idx most_blocks = 256;
};

}  // namespace auris::detail
