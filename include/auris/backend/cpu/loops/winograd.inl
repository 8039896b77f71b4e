// The transforms of Winograd's convolution (winograd.hpp): products of polynomials, from their values at 0, 5/8, -5/8, 3/2,
// -3/2 and infinity. The error is half of that with 0, 1, -1, 2, -2 (root mean square); all factors of inputs and outputs are
// exact.
//
// Only the inner loops are unrolled, but for those of the outputs: 36 values do not fit the registers, so that the others
// would take longer to compile and no less to run.
namespace auris::detail::AURIS_SET {

inline constexpr float point = 0.625f, far_point = 1.5f;
inline constexpr float point2 = point * point, far_point2 = far_point * far_point;
inline constexpr float near_weight = 1 / (2 * point2 * (point2 - far_point2));
inline constexpr float far_weight = 1 / (2 * far_point2 * (far_point2 - point2));

/// Values of the input, six of a row.
[[gnu::always_inline]] inline void winograd_input_row(const vec* d, vec* v) {
  v[0] = d[4] - d[2] * (point2 + far_point2) + d[0] * (point2 * far_point2);
  const vec even = d[4] - d[2] * far_point2, odd = d[3] - d[1] * far_point2;
  v[1] = even + odd * point;
  v[2] = even - odd * point;
  const vec far_even = d[4] - d[2] * point2, far_odd = d[3] - d[1] * point2;
  v[3] = far_even + far_odd * far_point;
  v[4] = far_even - far_odd * far_point;
  v[5] = d[5] - d[3] * (point2 + far_point2) + d[1] * (point2 * far_point2);
}
/// Four outputs from values of the product.
[[gnu::always_inline]] inline void winograd_output_row(const vec* m, vec* y) {
  const vec even = m[1] + m[2], odd = m[1] - m[2], far_even = m[3] + m[4], far_odd = m[3] - m[4];
  y[0] = m[0] + even + far_even;
  y[1] = odd * point + far_odd * far_point;
  y[2] = even * point2 + far_even * far_point2;
  y[3] = m[5] + odd * (point * point2) + far_odd * (far_point * far_point2);
}
/// Values of three weights.
[[gnu::always_inline]] inline void winograd_weight_row(const vec* g, vec* u) {
  u[0] = g[0] * (1 / (point2 * far_point2));
  const vec even = (g[0] + g[2] * point2) * near_weight, odd = g[1] * (near_weight * point);
  u[1] = even + odd;
  u[2] = even - odd;
  const vec far_even = (g[0] + g[2] * far_point2) * far_weight, far_odd = g[1] * (far_weight * far_point);
  u[3] = far_even + far_odd;
  u[4] = far_even - far_odd;
  u[5] = g[2];
}

// What gradients want: the transposes of the last two.

[[gnu::always_inline]] inline void winograd_output_row_gradient(const vec* y, vec* m) {
  m[0] = y[0];
  const vec even = y[0] + y[2] * point2, odd = (y[1] + y[3] * point2) * point;
  m[1] = even + odd;
  m[2] = even - odd;
  const vec far_even = y[0] + y[2] * far_point2, far_odd = (y[1] + y[3] * far_point2) * far_point;
  m[3] = far_even + far_odd;
  m[4] = far_even - far_odd;
  m[5] = y[3];
}
[[gnu::always_inline]] inline void winograd_weight_row_gradient(const vec* u, vec* g) {
  const vec even = (u[1] + u[2]) * near_weight, odd = (u[1] - u[2]) * near_weight;
  const vec far_even = (u[3] + u[4]) * far_weight, far_odd = (u[3] - u[4]) * far_weight;
  g[0] = u[0] * (1 / (point2 * far_point2)) + even + far_even;
  g[1] = odd * point + far_odd * far_point;
  g[2] = u[5] + even * point2 + far_even * far_point2;
}

/// The 36 values of a tile of the input, 6 x 6 places `at`, for whole lines of channels: lines are `next_line` apart in `to`,
/// values `next_value`.
inline void winograd_input(const float* const* at, idx channels, float* to, idx next_line, idx next_value) noexcept {
  for (idx c = 0; c < channels; c += line, to += next_line)
    for (idx j = 0; j < line; j += lanes) {
      vec t[6][6];
      for (int b = 0; b < 6; ++b) {
        vec d[6], v[6];
#pragma GCC unroll 6
        for (int a = 0; a < 6; ++a) d[a] = load(at[6 * a + b] + c + j);
        winograd_input_row(d, v);
#pragma GCC unroll 6
        for (int a = 0; a < 6; ++a) t[a][b] = v[a];
      }
      for (int a = 0; a < 6; ++a) {
        vec v[6];
        winograd_input_row(t[a], v);
#pragma GCC unroll 6
        for (int b = 0; b < 6; ++b) store(to + (6 * a + b) * next_value + j, v[b]);
      }
    }
}

/// `rows` x `columns` of the 4 x 4 outputs of a tile, for whole lines of channels, from its 36 values, `next_value` apart.
inline void winograd_output(const float* m, idx next_value, idx channels, const float* bias, bool rectify, float* y,
                            idx next_row, idx next_column, idx rows, idx columns) noexcept {
  for (idx c = 0; c < channels; c += lanes) {
    vec t[4][6];
#pragma GCC unroll 6
    for (int b = 0; b < 6; ++b) {
      vec d[6], v[4];
#pragma GCC unroll 6
      for (int a = 0; a < 6; ++a) d[a] = load(m + (6 * a + b) * next_value + c);
      winograd_output_row(d, v);
#pragma GCC unroll 4
      for (int a = 0; a < 4; ++a) t[a][b] = v[a];
    }
    const vec shift = bias ? load(bias + c) : vec{};
#pragma GCC unroll 4
    for (int a = 0; a < 4; ++a) {
      vec v[4];
      winograd_output_row(t[a], v);
#pragma GCC unroll 4
      for (int b = 0; b < 4; ++b) {
        vec s = v[b] + shift;
        if (rectify) s = s < 0.f ? vec{} : s;
        if (a < rows && b < columns) store(y + a * next_row + b * next_column + c, s);
      }
    }
  }
}

/// The 36 values of 3 x 3 weights, `tap` apart, for `count` lines of channels.
inline void winograd_weights(const float* weight, idx tap, idx next_line, idx count, float* to, idx next_line_of_to,
                             idx next_value) noexcept {
  for (idx i = 0; i < count; ++i, weight += next_line, to += next_line_of_to)
    for (idx j = 0; j < line; j += lanes) {
      vec t[6][3];
      for (int b = 0; b < 3; ++b) {
        vec u[6];
        const vec g[3] = {load(weight + b * tap + j), load(weight + (3 + b) * tap + j),
                          load(weight + (6 + b) * tap + j)};
        winograd_weight_row(g, u);
#pragma GCC unroll 6
        for (int a = 0; a < 6; ++a) t[a][b] = u[a];
      }
      for (int a = 0; a < 6; ++a) {
        vec u[6];
        winograd_weight_row(t[a], u);
#pragma GCC unroll 6
        for (int b = 0; b < 6; ++b) store(to + (6 * a + b) * next_value + j, u[b]);
      }
    }
}

/// The gradients of the 36 values of an output tile from those of `rows` x `columns` outputs, for whole lines of channels.
inline void winograd_output_gradient(const float* dy, idx next_row, idx next_column, idx rows, idx columns,
                                     idx channels, float* to, idx next_value) noexcept {
  for (idx c = 0; c < channels; c += lanes) {
    vec t[6][4];
    for (int b = 0; b < 4; ++b) {
      vec y[4], m[6];
#pragma GCC unroll 4
      for (int a = 0; a < 4; ++a)
        y[a] = a < rows && b < columns ? load(dy + a * next_row + b * next_column + c) : vec{};
      winograd_output_row_gradient(y, m);
#pragma GCC unroll 6
      for (int a = 0; a < 6; ++a) t[a][b] = m[a];
    }
    for (int a = 0; a < 6; ++a) {
      vec m[6];
      winograd_output_row_gradient(t[a], m);
#pragma GCC unroll 6
      for (int b = 0; b < 6; ++b) store(to + (6 * a + b) * next_value + c, m[b]);
    }
  }
}

/// Adds to the gradients of 3 x 3 weights, `tap` apart, from those of their 36 values, for whole lines of channels.
inline void winograd_weight_gradient(const float* du, idx next_value, idx channels, float* dweight, idx tap) noexcept {
  for (idx c = 0; c < channels; c += lanes) {
    vec t[3][6];
    for (int b = 0; b < 6; ++b) {
      vec u[6], g[3];
#pragma GCC unroll 6
      for (int a = 0; a < 6; ++a) u[a] = load(du + (6 * a + b) * next_value + c);
      winograd_weight_row_gradient(u, g);
#pragma GCC unroll 3
      for (int a = 0; a < 3; ++a) t[a][b] = g[a];
    }
    for (int a = 0; a < 3; ++a) {
      vec g[3];
      winograd_weight_row_gradient(t[a], g);
      for (int b = 0; b < 3; ++b) {
        float* const to = dweight + (3 * a + b) * tap + c;
        store(to, load(to) + g[b]);
      }
    }
  }
}

}  // namespace auris::detail::AURIS_SET
