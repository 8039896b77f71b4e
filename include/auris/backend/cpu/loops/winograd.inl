// The transforms of Winograd's convolution (winograd.hpp), from and to values at winograd_points.
//
// Only the inner loops are unrolled, but for those of the outputs: the values of a tile do not fit the registers, so that the
// others would take longer to compile and no less to run.
namespace auris::detail::AURIS_SET {

/// Values of the input, Side + 2 of a row.
template <int Side>
[[gnu::always_inline]] inline void winograd_input_row(const vec* d, vec* v) {
  constexpr winograd_factors<Side> by;
  vec zero = d[Side], infinity = d[Side + 1];
#pragma GCC unroll 3
  for (int i = by.pairs - 1; i >= 0; --i) {
    zero += d[2 * i] * by.all[i];
    infinity += d[2 * i + 1] * by.all[i];
  }
  v[0] = zero;
  v[Side + 1] = infinity;
#pragma GCC unroll 3
  for (int k = 0; k < by.pairs; ++k) {
    vec even = d[Side], odd = d[Side - 1];
#pragma GCC unroll 2
    for (int i = by.pairs - 2; i >= 0; --i) {
      even += d[2 * i + 2] * by.others[k][i];
      odd += d[2 * i + 1] * by.others[k][i];
    }
    v[2 * k + 1] = even + odd * by.point[k];
    v[2 * k + 2] = even - odd * by.point[k];
  }
}
/// Outputs from values of the product.
template <int Side>
[[gnu::always_inline]] inline void winograd_output_row(const vec* m, vec* y) {
  constexpr winograd_factors<Side> by;
  y[0] = m[0];
#pragma GCC unroll 5
  for (int i = 1; i < Side; ++i) y[i] = vec{};
#pragma GCC unroll 3
  for (int k = 0; k < by.pairs; ++k) {
    const vec even = m[2 * k + 1] + m[2 * k + 2], odd = m[2 * k + 1] - m[2 * k + 2];
#pragma GCC unroll 3
    for (int i = 0; i < Side; i += 2) {
      y[i] += even * by.power[k][i];
      y[i + 1] += odd * by.power[k][i + 1];
    }
  }
  y[Side - 1] += m[Side + 1];
}
/// Values of three weights.
template <int Side>
[[gnu::always_inline]] inline void winograd_weight_row(const vec* g, vec* u) {
  constexpr winograd_factors<Side> by;
  u[0] = g[0] * by.zero;
#pragma GCC unroll 3
  for (int k = 0; k < by.pairs; ++k) {
    const vec even = (g[0] + g[2] * (by.point[k] * by.point[k])) * by.weight[k];
    const vec odd = g[1] * (by.weight[k] * by.point[k]);
    u[2 * k + 1] = even + odd;
    u[2 * k + 2] = even - odd;
  }
  u[Side + 1] = g[2];
}

// What gradients want: the transposes of the last two.

template <int Side>
[[gnu::always_inline]] inline void winograd_output_row_gradient(const vec* y, vec* m) {
  constexpr winograd_factors<Side> by;
  m[0] = y[0];
#pragma GCC unroll 3
  for (int k = 0; k < by.pairs; ++k) {
    vec even = y[0], odd = y[1] * by.point[k];
#pragma GCC unroll 2
    for (int i = 2; i < Side; i += 2) {
      even += y[i] * by.power[k][i];
      odd += y[i + 1] * by.power[k][i + 1];
    }
    m[2 * k + 1] = even + odd;
    m[2 * k + 2] = even - odd;
  }
  m[Side + 1] = y[Side - 1];
}
template <int Side>
[[gnu::always_inline]] inline void winograd_weight_row_gradient(const vec* u, vec* g) {
  constexpr winograd_factors<Side> by;
  g[0] = u[0] * by.zero;
  g[1] = vec{};
  g[2] = u[Side + 1];
#pragma GCC unroll 3
  for (int k = 0; k < by.pairs; ++k) {
    const vec even = (u[2 * k + 1] + u[2 * k + 2]) * by.weight[k], odd = (u[2 * k + 1] - u[2 * k + 2]) * by.weight[k];
    g[0] += even;
    g[1] += odd * by.point[k];
    g[2] += even * (by.point[k] * by.point[k]);
  }
}

// The same on both axes of a tile of Time x Mel outputs, for whole lines of channels.

template <int Time, int Mel>
inline void winograd_input_tile(const float* const* at, idx channels, float* to, idx next_line,
                                idx next_value) noexcept {
  constexpr int times = Time + 2, mels = Mel + 2;
  for (idx c = 0; c < channels; c += line, to += next_line)
    for (idx j = 0; j < line; j += lanes) {
      vec t[times][mels];
      for (int b = 0; b < mels; ++b) {
        vec d[times], v[times];
#pragma GCC unroll 8
        for (int a = 0; a < times; ++a) d[a] = load(at[mels * a + b] + c + j);
        winograd_input_row<Time>(d, v);
#pragma GCC unroll 8
        for (int a = 0; a < times; ++a) t[a][b] = v[a];
      }
      for (int a = 0; a < times; ++a) {
        vec v[mels];
        winograd_input_row<Mel>(t[a], v);
#pragma GCC unroll 6
        for (int b = 0; b < mels; ++b) store(to + (mels * a + b) * next_value + j, v[b]);
      }
    }
}
template <int Time, int Mel>
inline void winograd_output_tile(const float* m, idx next_value, idx channels, const float* bias, bool rectify,
                                 float* y, idx next_row, idx next_column, idx rows, idx columns) noexcept {
  constexpr int times = Time + 2, mels = Mel + 2;
  for (idx c = 0; c < channels; c += lanes) {
    vec t[Time][mels];
#pragma GCC unroll 6
    for (int b = 0; b < mels; ++b) {
      vec d[times], v[Time];
#pragma GCC unroll 8
      for (int a = 0; a < times; ++a) d[a] = load(m + (mels * a + b) * next_value + c);
      winograd_output_row<Time>(d, v);
#pragma GCC unroll 6
      for (int a = 0; a < Time; ++a) t[a][b] = v[a];
    }
    const vec shift = bias ? load(bias + c) : vec{};
#pragma GCC unroll 6
    for (int a = 0; a < Time; ++a) {
      vec v[Mel];
      winograd_output_row<Mel>(t[a], v);
#pragma GCC unroll 4
      for (int b = 0; b < Mel; ++b) {
        vec s = v[b] + shift;
        if (rectify) s = s < 0.f ? vec{} : s;
        if (a < rows && b < columns) store(y + a * next_row + b * next_column + c, s);
      }
    }
  }
}
template <int Time, int Mel>
inline void winograd_weight_tile(const float* weight, idx tap, idx next_line, idx count, float* to, idx next_line_of_to,
                                 idx next_value) noexcept {
  constexpr int times = Time + 2, mels = Mel + 2;
  for (idx i = 0; i < count; ++i, weight += next_line, to += next_line_of_to)
    for (idx j = 0; j < line; j += lanes) {
      vec t[times][3];
      for (int b = 0; b < 3; ++b) {
        vec u[times];
        const vec g[3] = {load(weight + b * tap + j), load(weight + (3 + b) * tap + j),
                          load(weight + (6 + b) * tap + j)};
        winograd_weight_row<Time>(g, u);
#pragma GCC unroll 8
        for (int a = 0; a < times; ++a) t[a][b] = u[a];
      }
      for (int a = 0; a < times; ++a) {
        vec u[mels];
        winograd_weight_row<Mel>(t[a], u);
#pragma GCC unroll 6
        for (int b = 0; b < mels; ++b) store(to + (mels * a + b) * next_value + j, u[b]);
      }
    }
}
template <int Time, int Mel>
inline void winograd_output_tile_gradient(const float* dy, idx next_row, idx next_column, idx rows, idx columns,
                                          idx channels, float* to, idx next_value) noexcept {
  constexpr int times = Time + 2, mels = Mel + 2;
  for (idx c = 0; c < channels; c += lanes) {
    vec t[times][Mel];
    for (int b = 0; b < Mel; ++b) {
      vec y[Time], m[times];
#pragma GCC unroll 6
      for (int a = 0; a < Time; ++a)
        y[a] = a < rows && b < columns ? load(dy + a * next_row + b * next_column + c) : vec{};
      winograd_output_row_gradient<Time>(y, m);
#pragma GCC unroll 8
      for (int a = 0; a < times; ++a) t[a][b] = m[a];
    }
    for (int a = 0; a < times; ++a) {
      vec m[mels];
      winograd_output_row_gradient<Mel>(t[a], m);
#pragma GCC unroll 6
      for (int b = 0; b < mels; ++b) store(to + (mels * a + b) * next_value + c, m[b]);
    }
  }
}
template <int Time, int Mel>
inline void winograd_weight_tile_gradient(const float* du, idx next_value, idx channels, float* dweight,
                                          idx tap) noexcept {
  constexpr int times = Time + 2, mels = Mel + 2;
  for (idx c = 0; c < channels; c += lanes) {
    vec t[3][mels];
    for (int b = 0; b < mels; ++b) {
      vec u[times], g[3];
#pragma GCC unroll 8
      for (int a = 0; a < times; ++a) u[a] = load(du + (mels * a + b) * next_value + c);
      winograd_weight_row_gradient<Time>(u, g);
#pragma GCC unroll 3
      for (int a = 0; a < 3; ++a) t[a][b] = g[a];
    }
    for (int a = 0; a < 3; ++a) {
      vec g[3];
      winograd_weight_row_gradient<Mel>(t[a], g);
      for (int b = 0; b < 3; ++b) {
        float* const to = dweight + (3 * a + b) * tap + c;
        store(to, load(to) + g[b]);
      }
    }
  }
}

// What is called: one entry for all sides.

/// The values of a tile of the input, places `at`, for whole lines of channels: lines are `next_line` apart in `to`, values
/// `next_value`.
inline void winograd_input(winograd_sides s, const float* const* at, idx channels, float* to, idx next_line,
                           idx next_value) noexcept {
  const auto tile = s.time == 6  ? winograd_input_tile<6, 4>
                    : s.mel == 4 ? winograd_input_tile<4, 4>
                                 : winograd_input_tile<4, 2>;
  tile(at, channels, to, next_line, next_value);
}
/// `rows` x `columns` of the outputs of a tile from its values, `next_value` apart.
inline void winograd_output(winograd_sides s, const float* m, idx next_value, idx channels, const float* bias,
                            bool rectify, float* y, idx next_row, idx next_column, idx rows, idx columns) noexcept {
  const auto tile = s.time == 6  ? winograd_output_tile<6, 4>
                    : s.mel == 4 ? winograd_output_tile<4, 4>
                                 : winograd_output_tile<4, 2>;
  tile(m, next_value, channels, bias, rectify, y, next_row, next_column, rows, columns);
}
/// The values of 3 x 3 weights, `tap` apart, for `count` lines of channels.
inline void winograd_weights(winograd_sides s, const float* weight, idx tap, idx next_line, idx count, float* to,
                             idx next_line_of_to, idx next_value) noexcept {
  const auto tile = s.time == 6  ? winograd_weight_tile<6, 4>
                    : s.mel == 4 ? winograd_weight_tile<4, 4>
                                 : winograd_weight_tile<4, 2>;
  tile(weight, tap, next_line, count, to, next_line_of_to, next_value);
}
/// The gradients of the values of an output tile from those of `rows` x `columns` outputs.
inline void winograd_output_gradient(winograd_sides s, const float* dy, idx next_row, idx next_column, idx rows,
                                     idx columns, idx channels, float* to, idx next_value) noexcept {
  const auto tile = s.time == 6  ? winograd_output_tile_gradient<6, 4>
                    : s.mel == 4 ? winograd_output_tile_gradient<4, 4>
                                 : winograd_output_tile_gradient<4, 2>;
  tile(dy, next_row, next_column, rows, columns, channels, to, next_value);
}
/// Adds to the gradients of 3 x 3 weights, `tap` apart, from those of their values.
inline void winograd_weight_gradient(winograd_sides s, const float* du, idx next_value, idx channels, float* dweight,
                                     idx tap) noexcept {
  const auto tile = s.time == 6  ? winograd_weight_tile_gradient<6, 4>
                    : s.mel == 4 ? winograd_weight_tile_gradient<4, 4>
                                 : winograd_weight_tile_gradient<4, 2>;
  tile(du, next_value, channels, dweight, tap);
}

}  // namespace auris::detail::AURIS_SET
