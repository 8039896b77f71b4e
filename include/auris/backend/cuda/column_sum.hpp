#pragma once
#include <auris/core/shape.hpp>

namespace auris::detail::gpu {

/// How blocks of 256 threads cut a matrix (rows, columns) whose columns are reduced: `lanes` threads side by side, with
/// four columns each, and `steps` of them below each other. Each block of rows has sums of its own in the workspace; a
/// second kernel adds these in order. What the cut depends on is the matrix alone.
struct column_blocks {
  static constexpr int threads = 256, width = 4;

  idx rows, columns;
  bool side_by_side = true;  ///< neighbouring columns are neighbours in memory; else neighbouring rows are

  constexpr int lanes() const {
    int n = 1;
    while (side_by_side && n < 8 && n * width < columns) n *= 2;
    return n;
  }
  constexpr int steps() const { return threads / lanes(); }
  constexpr idx tiles() const { return divided(columns, lanes() * width); }
  constexpr idx block_rows() const {
    constexpr idx alone = 16, least = 4, enough = 1024,
                  most = 512;  // rows of a thread, the first two; blocks, the others
    if (rows <= alone * steps()) return rows;
    const idx filling = divided(enough, tiles()), allowed = filling < most ? filling : most;
    const idx even = divided(rows, allowed);
    return even > least * steps() ? even : least * steps();
  }
  constexpr idx count() const { return rows > 0 ? divided(rows, block_rows()) : 1; }
  /// Scalars, for `sums` different sums over the same matrix.
  constexpr idx workspace(idx sums = 1) const { return count() > 1 ? sums * count() * columns : 0; }

 private:
  static constexpr idx divided(idx a, idx b) { return (a + b - 1) / b; }
};

}  // namespace auris::detail::gpu
