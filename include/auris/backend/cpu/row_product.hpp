#pragma once
#include <auris/backend/cpu/product.hpp>

namespace auris::detail {

/// A product of few rows with a matrix that is packed once and used again and again, as in a recurrent layer. Rows of c are
/// `stride(columns)` apart: whole panels, what stands behind the columns is scratch.
struct row_product {
  /// Scalars of the packed matrix b (depth, columns).
  static constexpr idx packed(idx depth, idx columns) { return stride(columns) * depth; }
  template <class B>
  static void pack(idx depth, idx columns, const B& b, float* to) noexcept {
    b.panels(0, depth, 0, columns, to);
  }
  static constexpr idx stride(idx columns) { return product::panels(columns) * product_width; }
  static constexpr idx workspace(idx rows, idx depth) { return packed_rows::size(rows, depth); }

  /// c (rows, columns) += a b. `backwards` walks b from its end: what the caches kept of the last call is used first.
  static void run(idx rows, idx columns, idx depth, const float* a, idx a_stride, const float* b, bool backwards,
                  float* c, float* workspace) noexcept {
    // Panels of one row whose sums are enough to keep the multipliers busy.
    const idx panels = product::panels(columns), c_stride = stride(columns), at_once = rows == 1 ? 4 : 1;
    if (rows > 1) packed_rows::pack(row_source(matrix_rows{a, a_stride}), 0, rows, 0, depth, workspace);
    const idx groups = (panels + at_once - 1) / at_once;
    for (idx group = 0; group < groups; ++group) {
      const idx p = (backwards ? groups - 1 - group : group) * at_once, j = p * product_width;
      const destination d = destination::add_to(c + j, c_stride);
      if (rows == 1)
        product::row(a, line, b + j * depth, (panels - p < at_once ? panels - p : at_once) * product_width, depth, d);
      else
        product::column(workspace, rows, b + j * depth, product_width, depth, d);
    }
  }
};

}  // namespace auris::detail
