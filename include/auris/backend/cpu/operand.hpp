#pragma once
#include <auris/backend/cpu/matrix_transpose.hpp>

namespace auris::detail {

// Where the operands of a product come from: a (rows, depth) by its rows, b (depth, columns) by its panels.

/// Row r, columns [from, from + count) of a row-major matrix.
struct matrix_rows {
  const float* p;
  idx stride;  ///< from row to row

  /// Writes count values of a row from `from` on, in lines, `distance` apart.
  void copy(idx row, idx from, idx count, float* to, idx distance) const {
    const float* x = p + row * stride + from;
    for (; count >= line; count -= line, x += line, to += distance) __builtin_memcpy(to, x, sizeof(float) * line);
    for (idx i = 0; i < count; ++i) to[i] = x[i];
  }
  /// As b: the values (from + i, column + j), i < depth, j < columns, in panels of rows of product_width, filled up with zeros.
  void panels(idx from, idx depth, idx column, idx columns, float* to) const {
    for (idx i = 0; i < depth; ++i, to += product_width) {
      const float* x = p + (from + i) * stride + column;
      float* y = to;
      idx left = columns;
      for (; left >= product_width; left -= product_width, x += product_width, y += depth * product_width)
        __builtin_memcpy(y, x, sizeof(float) * product_width);
      if (left > 0)
        for (idx j = 0; j < product_width; ++j) y[j] = j < left ? x[j] : 0;
    }
  }
};

/// As b: the transpose of a row-major matrix.
struct matrix_columns {
  const float* p;
  idx stride;

  void panels(idx from, idx depth, idx column, idx columns, float* to) const {
    for (; columns > 0; column += product_width, columns -= product_width, to += depth * product_width) {
      const idx kept = columns < product_width ? columns : product_width;
      if (kept < product_width)
        for (idx i = 0; i < depth * product_width; ++i) to[i] = 0;
      transpose(kept, depth, p + column * stride + from, stride, to, product_width);
    }
  }
};

/// Any of the sources of a, for functions that are compiled once.
struct row_source {
  const void* source;
  /// `copy` of the source.
  void (*copy_row)(const void* source, idx row, idx from, idx count, float* to, idx distance) noexcept;

  template <class A>
  explicit row_source(const A& a)
      : source(&a), copy_row([](const void* p, idx row, idx from, idx count, float* to, idx distance) noexcept {
          static_cast<const A*>(p)->copy(row, from, count, to, distance);
        }) {}
  void copy(idx row, idx from, idx count, float* to, idx distance) const noexcept {
    copy_row(source, row, from, count, to, distance);
  }
};

/// Any of the sources of b.
struct panel_source {
  const void* source;
  /// `panels` of the source.
  void (*pack_panels)(const void* source, idx from, idx depth, idx column, idx columns, float* to) noexcept;

  template <class B>
  explicit panel_source(const B& b)
      : source(&b), pack_panels([](const void* p, idx from, idx depth, idx column, idx columns, float* to) noexcept {
          static_cast<const B*>(p)->panels(from, depth, column, columns, to);
        }) {}
  void panels(idx from, idx depth, idx column, idx columns, float* to) const noexcept {
    pack_panels(source, from, depth, column, columns, to);
  }
  /// The same as pairs, a few rows of a panel at a time.
  void panels(idx from, idx depth, idx column, idx columns, bf16_pair* to) const noexcept {
    alignas(64) float rows[line * product_width];
    for (idx j = 0; j < columns; j += product_width)
      for (idx i = 0; i < depth; i += line) {
        const idx deep = depth - i < line ? depth - i : line, wide = columns - j;
        pack_panels(source, from + i, deep, column + j, wide < product_width ? wide : product_width, rows);
        to = bf16_pair::write(rows, deep, to);
      }
  }
};

}  // namespace auris::detail
