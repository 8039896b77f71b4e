// Products of packed matrices (product.hpp): a tile of c stays in registers. Every value of c is one chain of multiply-adds
// over the depth, so it depends neither on the tile nor on where it stands.
namespace auris::detail::AURIS_SET {

/// Rows and vectors of a tile that fit the registers, beside two vectors of b and one of a.
inline constexpr int rows_in_registers = AURIS_LANES == 16 ? 12 : AURIS_LANES == 8 ? 6 : 4;

/// How far ahead b is fetched: long enough for the third cache to answer.
inline constexpr idx ahead = 16 * product_width;

/// Rows of two vectors of `start`, or zeros.
template <int Rows>
[[gnu::always_inline]] inline void start_tile(vec (*sum)[2], const float* start, idx start_stride) {
#pragma GCC unroll 16
  for (int i = 0; i < Rows; ++i) {
    sum[i][0] = start ? load(start + i * start_stride) : vec{};
    sum[i][1] = start ? load(start + i * start_stride + lanes) : vec{};
  }
}
template <int Rows>
[[gnu::always_inline]] inline void finish_tile(vec (*sum)[2], float* c, idx stride, bool rectify) {
#pragma GCC unroll 16
  for (int i = 0; i < Rows; ++i) {
    if (rectify) {
      sum[i][0] = sum[i][0] < 0.f ? vec{} : sum[i][0];
      sum[i][1] = sum[i][1] < 0.f ? vec{} : sum[i][1];
    }
    store(c + i * stride, sum[i][0]);
    store(c + i * stride + lanes, sum[i][1]);
  }
}

/// c (Rows, 2 vectors) = start + a b; a in lines along the depth, [depth / 16][product_rows][16]; b [depth][product_width].
template <int Rows>
[[gnu::always_inline]] inline void product_in_registers(const float* a, const float* b, idx depth, const float* start,
                                                        idx start_stride, float* c, idx stride, bool rectify) {
  vec sum[Rows][2];
  start_tile<Rows>(sum, start, start_stride);
  idx k = 0;
  for (; k + 4 <= depth; k += 4) {
#pragma GCC unroll 4
    for (idx u = 0; u < 4; ++u, b += product_width) {
      const vec b0 = load(b), b1 = load(b + lanes);
      __builtin_prefetch(b + ahead);
      if (lanes == line) __builtin_prefetch(b + ahead + line);
#pragma GCC unroll 16
      for (int i = 0; i < Rows; ++i) {
        const vec s = splat(a[i * line + u]);
        sum[i][0] += s * b0;
        sum[i][1] += s * b1;
      }
    }
    a += (k + 4) % line ? 4 : (product_rows - 1) * line + 4;
  }
  for (; k < depth; ++k, b += product_width, ++a) {
    const vec b0 = load(b), b1 = load(b + lanes);
#pragma GCC unroll 16
    for (int i = 0; i < Rows; ++i) {
      const vec s = splat(a[i * line]);
      sum[i][0] += s * b0;
      sum[i][1] += s * b1;
    }
  }
  finish_tile<Rows>(sum, c, stride, rectify);
}

/// A tile of c: product_rows x product_width values.
inline void product_tile(const float* a, const float* b, idx depth, const float* start, idx start_stride, float* c,
                         idx stride, bool rectify) noexcept {
  for (idx j = 0; j < product_width; j += 2 * lanes)
    for (idx i = 0; i < product_rows; i += rows_in_registers)
      product_in_registers<rows_in_registers>(a + i * line, b + j, depth,
                                              start ? start + i * start_stride + j : nullptr, start_stride,
                                              c + i * stride + j, stride, rectify);
}
/// product_few_rows of them.
inline void product_few(const float* a, const float* b, idx depth, const float* start, idx start_stride, float* c,
                        idx stride, bool rectify) noexcept {
  for (idx j = 0; j < product_width; j += 2 * lanes)
    product_in_registers<product_few_rows>(a, b + j, depth, start ? start + j : nullptr, start_stride, c + j, stride,
                                           rectify);
}

/// Twice as many.
inline void product_eight(const float* a, const float* b, idx depth, const float* start, idx start_stride, float* c,
                          idx stride, bool rectify) noexcept {
  constexpr int rows = AURIS_LANES == 16 ? 2 * product_few_rows : product_few_rows;
  for (idx j = 0; j < product_width; j += 2 * lanes)
    for (idx i = 0; i < 2 * product_few_rows; i += rows)
      product_in_registers<rows>(a + i * line, b + j, depth, start ? start + i * start_stride + j : nullptr,
                                 start_stride, c + i * stride + j, stride, rectify);
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

/// One row of c: Vectors of it.
template <int Vectors>
[[gnu::always_inline]] inline void row_in_registers(const float* a, idx a_line, const float* b, idx depth,
                                                    const float* start, float* c, bool rectify) {
  constexpr idx of_panel = product_width / lanes;
  const idx panel = depth * product_width;
  vec sum[Vectors];
#pragma GCC unroll 16
  for (int q = 0; q < Vectors; ++q) sum[q] = start ? load(start + q * lanes) : vec{};
  for (idx k0 = 0; k0 < depth; k0 += line, a += a_line) {
    const idx count = depth - k0 < line ? depth - k0 : line;
    for (idx k = 0; k < count; ++k, b += product_width) {
      const vec s = splat(a[k]);
#pragma GCC unroll 16
      for (int q = 0; q < Vectors; ++q) sum[q] += s * load(b + q / of_panel * panel + q % of_panel * lanes);
    }
  }
#pragma GCC unroll 16
  for (int q = 0; q < Vectors; ++q) {
    if (rectify) sum[q] = sum[q] < 0.f ? vec{} : sum[q];
    store(c + q * lanes, sum[q]);
  }
}
/// c = start + a b for one row a, whose lines are `a_line` apart, and `panels` panels of b.
inline void product_row(const float* a, idx a_line, const float* b, idx depth, idx panels, const float* start, float* c,
                        bool rectify) noexcept {
  constexpr idx at_once = lanes / 4;  // panels whose sums are enough to keep the multipliers busy
  for (idx p = 0; p < panels;) {
    const idx now = panels - p < at_once ? 1 : at_once, j = p * product_width;
    const float* s = start ? start + j : nullptr;
    if (now == at_once)
      row_in_registers<8>(a, a_line, b + j * depth, depth, s, c + j, rectify);
    else
      row_in_registers<product_width / lanes>(a, a_line, b + j * depth, depth, s, c + j, rectify);
    p += now;
  }
}

}  // namespace auris::detail::AURIS_SET
