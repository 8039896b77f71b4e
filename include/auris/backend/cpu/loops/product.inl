// Products of packed matrices (product.hpp): a tile of c stays in registers. Every value of c is one chain of multiply-adds
// over the depth, so it depends neither on the tile nor on where it stands.
namespace auris::detail::AURIS_SET {

/// Rows and vectors of a tile that fit the registers, beside two vectors of b and one of a.
inline constexpr int rows_in_registers = AURIS_LANES == 16 ? 12 : AURIS_LANES == 8 ? 6 : 4;

/// How many rows ahead b is fetched: long enough for the third cache to answer, nearly so for the memory behind it.
inline constexpr idx ahead = 32;

/// Rows of two vectors of `start`, or zeros.
template <int Rows, class Stored = float>
[[gnu::always_inline]] inline void start_tile(vec (*sum)[2], const float* start, idx start_stride) {
#pragma GCC unroll 16
  for (int i = 0; i < Rows; ++i) {
    sum[i][0] = start ? load(start + i * start_stride) : vec{};
    sum[i][1] = start ? load(start + i * start_stride + second_vector<Stored>) : vec{};
  }
}
template <int Rows, class Stored = float>
[[gnu::always_inline]] inline void finish_tile(vec (*sum)[2], float* c, idx stride, bool rectify) {
#pragma GCC unroll 16
  for (int i = 0; i < Rows; ++i) {
    if (rectify) {
      sum[i][0] = sum[i][0] < 0.f ? vec{} : sum[i][0];
      sum[i][1] = sum[i][1] < 0.f ? vec{} : sum[i][1];
    }
    store(c + i * stride, sum[i][0]);
    store(c + i * stride + second_vector<Stored>, sum[i][1]);
  }
}

/// c (Rows, 2 vectors) = start + a b; a in lines along the depth, [depth / 16][product_rows][16]; b [depth][panel_row].
template <int Rows, class Stored>
[[gnu::always_inline]] inline void product_in_registers(const float* a, const Stored* b, idx depth, const float* start,
                                                        idx start_stride, float* c, idx stride, bool rectify) {
  constexpr idx row = panel_row<Stored>;
  vec sum[Rows][2];
  start_tile<Rows, Stored>(sum, start, start_stride);
  idx k = 0;
  for (; k + 4 <= depth; k += 4) {
#pragma GCC unroll 4
    for (idx u = 0; u < 4; ++u, b += row) {
      const vec b0 = columns_from(b, 0), b1 = columns_from(b, second_vector<Stored>);
      __builtin_prefetch(b + ahead * row);
      if (line < two_vectors<Stored>) __builtin_prefetch(b + ahead * row + line);
#pragma GCC unroll 16
      for (int i = 0; i < Rows; ++i) {
        const vec s = splat(a[i * line + u]);
        sum[i][0] += s * b0;
        sum[i][1] += s * b1;
      }
    }
    a += (k + 4) % line ? 4 : (product_rows - 1) * line + 4;
  }
  for (; k < depth; ++k, b += row, ++a) {
    const vec b0 = columns_from(b, 0), b1 = columns_from(b, second_vector<Stored>);
#pragma GCC unroll 16
    for (int i = 0; i < Rows; ++i) {
      const vec s = splat(a[i * line]);
      sum[i][0] += s * b0;
      sum[i][1] += s * b1;
    }
  }
  finish_tile<Rows, Stored>(sum, c, stride, rectify);
}
/// `All` rows of product_width values, `Rows` of them at once.
template <int All, int Rows, class Stored>
[[gnu::always_inline]] inline void product_of_rows(const float* a, const Stored* b, idx depth, const float* start,
                                                   idx start_stride, float* c, idx stride, bool rectify) {
  for (idx j = 0; j < panel_row<Stored>; j += two_vectors<Stored>) {
    const Stored* const columns = depth > 0 ? b + j : b;  // b may be null where it is empty
    for (idx i = 0; i < All; i += Rows)
      product_in_registers<Rows>(a + i * line, columns, depth, start ? start + i * start_stride + j : nullptr,
                                 start_stride, c + i * stride + j, stride, rectify);
  }
}

/// A tile of c: product_rows x product_width values.
template <class Stored>
inline void product_tile(const float* a, const Stored* b, idx depth, const float* start, idx start_stride, float* c,
                         idx stride, bool rectify) noexcept {
  product_of_rows<product_rows, rows_in_registers>(a, b, depth, start, start_stride, c, stride, rectify);
}
/// product_few_rows of them.
template <class Stored>
inline void product_few(const float* a, const Stored* b, idx depth, const float* start, idx start_stride, float* c,
                        idx stride, bool rectify) noexcept {
  product_of_rows<product_few_rows, product_few_rows>(a, b, depth, start, start_stride, c, stride, rectify);
}
/// Twice as many.
template <class Stored>
inline void product_eight(const float* a, const Stored* b, idx depth, const float* start, idx start_stride, float* c,
                          idx stride, bool rectify) noexcept {
  constexpr int rows = AURIS_LANES == 16 ? 2 * product_few_rows : product_few_rows;
  product_of_rows<2 * product_few_rows, rows>(a, b, depth, start, start_stride, c, stride, rectify);
}

/// As `product_in_registers`, with a transposed: [depth][16].
template <int Rows>
[[gnu::always_inline]] inline void transposed_in_registers(const float* a, const float* b, idx depth,
                                                           const float* start, idx start_stride, float* c, idx stride,
                                                           bool rectify) {
  vec sum[Rows][2];
  start_tile<Rows>(sum, start, start_stride);
#pragma GCC unroll 4
  for (idx k = 0; k < depth; ++k, a += line, b += product_width) {
    const vec b0 = load(b), b1 = load(b + lanes);
#pragma GCC unroll 16
    for (int i = 0; i < Rows; ++i) {
      const vec s = splat(a[i]);
      sum[i][0] += s * b0;
      sum[i][1] += s * b1;
    }
  }
  finish_tile<Rows>(sum, c, stride, rectify);
}
/// A tile of c: 16 x product_width values.
inline void product_transposed(const float* a, const float* b, idx depth, const float* start, idx start_stride,
                               float* c, idx stride, bool rectify) noexcept {
  constexpr int rows = AURIS_LANES == 16 ? 8 : 4;
  for (idx j = 0; j < product_width; j += 2 * lanes)
    for (idx i = 0; i < line; i += rows)
      transposed_in_registers<rows>(a + i, b + j, depth, start ? start + i * start_stride + j : nullptr, start_stride,
                                    c + i * stride + j, stride, rectify);
}

/// One row of c: Twos times two vectors of it.
template <int Twos, class Stored>
[[gnu::always_inline]] inline void row_in_registers(const float* a, idx a_line, const Stored* b, idx depth,
                                                    const float* start, float* c, bool rectify) {
  constexpr idx row = panel_row<Stored>, of_panel = row / two_vectors<Stored>;
  const auto column = [](idx q) { return q / of_panel * product_width + q % of_panel * two_vectors<Stored>; };
  const idx panel = depth * row;
  vec sum[Twos][2];
#pragma GCC unroll 16
  for (int q = 0; q < Twos; ++q) start_tile<1, Stored>(sum + q, start ? start + column(q) : nullptr, 0);
  for (idx k0 = 0; k0 < depth; k0 += line, a += a_line) {
    const idx count = depth - k0 < line ? depth - k0 : line;
    for (idx k = 0; k < count; ++k, b += row) {
      const vec s = splat(a[k]);
#pragma GCC unroll 16
      for (int q = 0; q < Twos; ++q) {
        const Stored* const p = b + q / of_panel * panel + q % of_panel * two_vectors<Stored>;
        sum[q][0] += s * columns_from(p, 0);
        sum[q][1] += s * columns_from(p, second_vector<Stored>);
      }
    }
  }
#pragma GCC unroll 16
  for (int q = 0; q < Twos; ++q) finish_tile<1, Stored>(sum + q, c + column(q), 0, rectify);
}
/// c = start + a b for one row a, whose lines are `a_line` apart, and `panels` panels of b.
template <class Stored>
inline void product_row(const float* a, idx a_line, const Stored* b, idx depth, idx panels, const float* start,
                        float* c, bool rectify) noexcept {
  constexpr idx at_once = lanes / 4;  // panels whose sums are enough to keep the multipliers busy
  for (idx p = 0; p < panels;) {
    const idx now = panels - p < at_once ? 1 : at_once, j = p * product_width;
    const Stored* const of_b = b + p * depth * panel_row<Stored>;
    const float* s = start ? start + j : nullptr;
    if (now == at_once)
      row_in_registers<4>(a, a_line, of_b, depth, s, c + j, rectify);
    else
      row_in_registers<line / lanes>(a, a_line, of_b, depth, s, c + j, rectify);
    p += now;
  }
}

}  // namespace auris::detail::AURIS_SET
