#pragma once
#include <auris/backend/cpu/product.hpp>

namespace auris::detail {

/// A product of few rows with a matrix that is packed once and used again and again, as in a recurrent layer.
template <class T>
struct row_product {
  static constexpr idx width = product<T>::width;

  /// Scalars of the packed matrix b (depth, columns).
  static constexpr idx packed(idx depth, idx columns) {
    return aligned_size<T>(product<T>::panels(columns) * width * depth);
  }
  template <class B>
  static void pack(idx depth, idx columns, const B& b, T* to) noexcept {
    b.template panels<width>(0, depth, 0, columns, to);
  }

  static constexpr idx workspace(idx rows, idx depth) { return product<T>::packed_rows(rows, depth); }
  /// c (rows, columns) = a b. `backwards` walks b from its end: what the caches kept of the last call is used first.
  static void run(idx rows, idx columns, idx depth, const T* a, idx stride, const T* b, bool backwards, T* c,
                  T* workspace) noexcept {
    walk(rows, columns, depth, a, stride, b, backwards, {c, columns}, workspace);
  }
  /// c += a b.
  static void add(idx rows, idx columns, idx depth, const T* a, idx stride, const T* b, bool backwards, T* c,
                  T* workspace) noexcept {
    walk(rows, columns, depth, a, stride, b, backwards, destination<T>::add_to(c, columns), workspace);
  }

 private:
  static constexpr int panels_at_once = tile_rows / 3;  // of one row: enough independent sums

  [[gnu::noinline]] static void walk(idx rows, idx columns, idx depth, const T* a, idx stride, const T* b,
                                     bool backwards, const destination<T>& to, T* workspace) noexcept {
    const idx panels = product<T>::panels(columns);
    if (rows <= 2) {
      const idx groups = (panels + panels_at_once - 1) / panels_at_once;
      for (idx i = 0; i < rows; ++i)
        for (idx g = 0; g < groups; ++g) {
          const idx p = (backwards ? groups - 1 - g : g) * panels_at_once;
          const idx j = p * width;
          const T* start = to.start ? to.start + i * to.start_stride + j : nullptr;
          one_row(a + i * stride, b + j * depth, depth, columns - j, start, to.c + i * to.stride + j);
        }
      return;
    }
    product<T>::pack_rows(typename product<T>::row_source(matrix_rows<T>{a, stride}), 0, rows, 0, depth, workspace);
    for (idx q = 0; q < panels; ++q) {
      const idx p = backwards ? panels - 1 - q : q, j = p * width;
      destination<T> d = to;
      d.c += j;
      if (d.start) d.start += j;
      product<T>::column(workspace, rows, b + j * depth, columns - j, depth, d);
    }
  }

  /// Several panels at once for one row: `columns` values at most.
  static void one_row(const T* a, const T* b, idx depth, idx columns, const T* start, T* c) noexcept {
    if (columns >= panels_at_once * width)
      panel_sums<panels_at_once>(a, b, depth, columns, start, c);
    else
      for (; columns > 0; columns -= width, b += width * depth, c += width, start = start ? start + width : nullptr)
        panel_sums<1>(a, b, depth, columns, start, c);
  }
  template <int Panels>
  static void panel_sums(const T* a, const T* b, idx depth, idx columns, const T* start, T* c) noexcept {
    constexpr idx n = lanes<T>;
    vec<T> sum[Panels][2] = {};
    for (idx k = 0; k < depth; ++k, b += width) {
      const vec<T> s = splat(a[k]);
#pragma GCC unroll 16
      for (int p = 0; p < Panels; ++p) {
        sum[p][0] += s * load(b + p * depth * width);
        sum[p][1] += s * load(b + p * depth * width + n);
      }
    }
#pragma GCC unroll 16
    for (int p = 0; p < Panels; ++p)
#pragma GCC unroll 2
      for (int q = 0; q < 2; ++q) {
        const idx j = p * width + q * n, left = columns - j;
        if (left >= n)
          store<T>(c + j, start ? load(start + j) + sum[p][q] : sum[p][q]);
        else if (left > 0)
          store<T>(c + j, start ? load(start + j, left) + sum[p][q] : sum[p][q], left);
      }
  }
};

}  // namespace auris::detail
