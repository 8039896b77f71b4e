// Convolution of one channel (single_channel.hpp).
namespace auris::detail::AURIS_SET {

/// c (Rows, 2 vectors) = start + the sum over taps k of x[i + at[k]] b[k]; b [tap][product_width].
template <int Rows>
[[gnu::always_inline]] inline void window_in_registers(const float* x, const idx* at, const float* b, idx taps,
                                                       const float* start, float* c, idx stride, bool rectify) {
  vec sum[Rows][2];
  start_tile<Rows>(sum, start, 0);
  for (idx k = 0; k < taps; ++k, b += product_width) {
    const vec b0 = load(b), b1 = load(b + lanes);
    const float* const p = x + at[k];
#pragma GCC unroll 16
    for (int i = 0; i < Rows; ++i) {
      const vec s = splat(p[i]);
      sum[i][0] += s * b0;
      sum[i][1] += s * b1;
    }
  }
  finish_tile<Rows>(sum, c, stride, rectify);
}
/// A tile of c: product_rows places, product_width channels.
inline void window_tile(const float* x, const idx* at, const float* b, idx taps, const float* start, float* c,
                        idx stride, bool rectify) noexcept {
  for (idx j = 0; j < product_width; j += 2 * lanes)
    for (idx i = 0; i < product_rows; i += rows_in_registers)
      window_in_registers<rows_in_registers>(x + i, at, b + j, taps, start ? start + j : nullptr, c + i * stride + j,
                                             stride, rectify);
}

/// c (Rows, 2 vectors) += the sum over places i of x[i + at[row]] dy[i]; rows of dy `stride` apart, of c product_width.
template <int Rows>
[[gnu::always_inline]] inline void window_gradient_in_registers(const float* x, const idx* at, const float* dy,
                                                                idx stride, idx places, float* c) {
  vec sum[Rows][2];
  start_tile<Rows>(sum, c, product_width);
  for (idx k = 0; k < places; ++k, ++x, dy += stride) {
    const vec b0 = load(dy), b1 = load(dy + lanes);
#pragma GCC unroll 16
    for (int i = 0; i < Rows; ++i) {
      const vec s = splat(x[at[i]]);
      sum[i][0] += s * b0;
      sum[i][1] += s * b1;
    }
  }
  finish_tile<Rows>(sum, c, product_width, false);
}
/// A tile of c: product_rows taps, product_width channels.
inline void window_gradient_tile(const float* x, const idx* at, const float* dy, idx stride, idx places,
                                 float* c) noexcept {
  for (idx j = 0; j < product_width; j += 2 * lanes)
    for (idx i = 0; i < product_rows; i += rows_in_registers)
      window_gradient_in_registers<rows_in_registers>(x, at + i, dy + j, stride, places, c + i * product_width + j);
}

}  // namespace auris::detail::AURIS_SET
