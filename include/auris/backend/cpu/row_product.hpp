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
  static constexpr idx workspace(idx rows, idx depth) { return product::packed_rows(rows, depth); }

  /// c (rows, columns) = a b, or c += a b. `backwards` walks b from its end: what the caches kept of the last call is used
  /// first.
  static void run(idx rows, idx columns, idx depth, const float* a, idx a_stride, const float* b, bool backwards,
                  bool add, float* c, float* workspace) noexcept {
    const idx panels = product::panels(columns), c_stride = stride(columns);
    if (rows <= 2) {
      for (idx i = 0; i < rows; ++i)
        loops::row_product(a + i * a_stride, b, depth, panels, backwards, add ? c + i * c_stride : nullptr,
                           c + i * c_stride);
      return;
    }
    product::pack_rows(product::row_source(matrix_rows{a, a_stride}), 0, rows, 0, depth, workspace);
    for (idx q = 0; q < panels; ++q) {
      const idx p = backwards ? panels - 1 - q : q, j = p * product_width;
      destination d{c + j, c_stride};
      if (add) d = destination::add_to(c + j, c_stride);
      product::column(workspace, rows, b + j * depth, product_width, depth, d);
    }
  }
};

}  // namespace auris::detail
