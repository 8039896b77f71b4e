#pragma once
#include <auris/backend/cpu/blocks.hpp>
#include <auris/backend/cpu/loops.hpp>

namespace auris::detail {

/// y[i] += x[i] for i in [0, count).
inline void add_to(idx count, float* y, const float* x) noexcept { apply(loops::add_to, count, y, x); }

/// Sums over the rows of (rows, columns) matrices, block by block: `add_row(row, to)` adds to `columns` sums; the blocks are
/// then added in order.
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
  template <class Add>
  static void run(executor& e, idx rows, idx columns, const Add& add_row, float* sum, float* workspace) noexcept {
    const idx g = grain(rows, columns);
    for_ranges(e, rows, g, [&](idx begin, idx end, int) {
      float* const to = workspace + begin / g * columns;
      for (idx j = 0; j < columns; ++j) to[j] = 0;
      for (idx k = begin; k < end; ++k) add_row(k, to);
    });
    for (idx b = 0; b < blocks(rows, columns); ++b) add_to(columns, sum, workspace + b * columns);
  }
  /// sum[j] += the sum of column j of x, whose rows are `stride` apart.
  [[gnu::noinline]] static void run(executor& e, idx rows, idx columns, const float* x, idx stride, float* sum,
                                    float* workspace) noexcept {
    run(
        e, rows, columns, [&](idx k, float* to) { add_to(columns, to, x + k * stride); }, sum, workspace);
  }

 private:
  static constexpr idx most_blocks = 256;
};

}  // namespace auris::detail
