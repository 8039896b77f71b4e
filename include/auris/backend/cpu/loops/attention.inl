// Attention pooling of columns side by side, (length, 16): see op::attention_pool.
namespace auris::detail::AURIS_SET {

inline constexpr int vectors_of_line = 16 / AURIS_LANES;
/// Rows whose sums fit the registers.
inline constexpr int rows_of_columns = AURIS_LANES / 2;

/// y (Rows, 16) = start + w x, with start = y where `adds`, else the rows' biases, or zero.
template <int Rows>
[[gnu::always_inline]] inline void map_in_registers(idx length, const float* w, idx row, idx step, const float* bias,
                                                    const float* x, bool adds, float* y) {
  constexpr int count = vectors_of_line;
  vec sum[Rows][count];
#pragma GCC unroll 8
  for (int i = 0; i < Rows; ++i)
#pragma GCC unroll 4
    for (int q = 0; q < count; ++q) sum[i][q] = adds ? load(y + i * line + q * lanes) : bias ? splat(bias[i]) : vec{};
  for (idx k = 0; k < length; ++k, w += step, x += line) {
    vec v[count];
#pragma GCC unroll 4
    for (int q = 0; q < count; ++q) v[q] = load(x + q * lanes);
#pragma GCC unroll 8
    for (int i = 0; i < Rows; ++i) {
      const vec s = splat(w[i * row]);
#pragma GCC unroll 4
      for (int q = 0; q < count; ++q) sum[i][q] += s * v[q];
    }
  }
#pragma GCC unroll 8
  for (int i = 0; i < Rows; ++i)
#pragma GCC unroll 4
    for (int q = 0; q < count; ++q) store(y + i * line + q * lanes, sum[i][q]);
}
/// y (length, 16) = bias + w x, or y += w x: rows of w are `row` apart, their values `step`.
inline void map_columns(idx length, const float* w, idx row, idx step, const float* bias, const float* x, bool adds,
                        float* y) noexcept {
  idx i = 0;
  for (; i + rows_of_columns <= length; i += rows_of_columns)
    map_in_registers<rows_of_columns>(length, w + i * row, row, step, bias ? bias + i : nullptr, x, adds, y + i * line);
  for (; i < length; ++i)
    map_in_registers<1>(length, w + i * row, row, step, bias ? bias + i : nullptr, x, adds, y + i * line);
}

/// y (16) from u and v; u becomes what is averaged, v the weights, and, where `sigmoids` is given, these become sigmoid(v).
inline void attention_columns(idx length, bool code, float* u, float* v, float* sigmoids, float* y) noexcept {
  for (idx i = 0; i < line; i += lanes) {
    if (!code)
      for (idx k = i; k < length * line; k += line) {
        const vec s = logistic(load(v + k));
        store(v + k, s);
        if (sigmoids) store(sigmoids + k, s);
      }
    const vec most = largest_of_column(length, v + i);
    vec sum{}, mean{};
    for (idx k = i; k < length * line; k += line) {
      const vec e = exponential(load(v + k) - most), value = code ? logistic(load(u + k)) : load(u + k);
      sum += e;
      mean += e * value;
      store(u + k, value);
      store(v + k, e);
    }
    store(y + i, mean / sum);
    for (idx k = i; k < length * line; k += line) store(v + k, load(v + k) / sum);
  }
}
/// u and v, as `attention_columns` leaves them, become their gradients; da is null where none arrives.
inline void attention_columns_backward(idx length, bool code, const float* dy, const float* da, const float* sigmoids,
                                       float* u, float* v) noexcept {
  for (idx i = 0; i < line; i += lanes) {
    const vec g = load(dy + i);
    vec sum{};
    for (idx k = i; k < length * line; k += line) sum += load(v + k) * (g * load(u + k) + (da ? load(da + k) : vec{}));
    for (idx k = i; k < length * line; k += line) {
      const vec a = load(v + k), value = load(u + k);
      const vec du = g * a, dv = a * (g * value + (da ? load(da + k) : vec{}) - sum);
      const vec s = code ? value : load(sigmoids + k), slope = s * (1.f - s);
      store(u + k, code ? du * slope : du);
      store(v + k, code ? dv : dv * slope);
    }
  }
}

/// dw (Rows, width) += d x over 16 columns.
template <int Rows>
[[gnu::always_inline]] inline void outer_in_registers(idx width, const float* d, const float* x, float* dw) {
  for (idx j = 0; j < width; j += lanes) {
    vec sum[Rows];
#pragma GCC unroll 8
    for (int i = 0; i < Rows; ++i) sum[i] = load(dw + i * width + j);
#pragma GCC unroll 4
    for (idx q = 0; q < line; ++q) {
      const vec v = load(x + q * width + j);
#pragma GCC unroll 8
      for (int i = 0; i < Rows; ++i) sum[i] += splat(d[i * line + q]) * v;
    }
#pragma GCC unroll 8
    for (int i = 0; i < Rows; ++i) store(dw + i * width + j, sum[i]);
  }
}
/// dw (length, width) += d (length, 16) times x (16, width), whole lines wide; db (length) += the sums of d's rows.
inline void add_outer_products(idx length, idx width, const float* d, const float* x, float* dw, float* db) noexcept {
  idx i = 0;
  for (; i + 8 <= length; i += 8) outer_in_registers<8>(width, d + i * line, x, dw + i * width);
  for (; i < length; ++i) outer_in_registers<1>(width, d + i * line, x, dw + i * width);
  for (i = 0; i < length; ++i) {
    vec sum{};
    for (idx q = 0; q < line; q += lanes) sum += load(d + i * line + q);
    db[i] += sum_of(sum);
  }
}

}  // namespace auris::detail::AURIS_SET
