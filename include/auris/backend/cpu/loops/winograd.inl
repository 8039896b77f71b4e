// The transforms of Winograd's convolution (winograd.hpp), from and to values at winograd_points.
//
// Only the inner loops are unrolled: the values of a tile do not fit the registers, so that the others would take longer to
// compile and no less to run.
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

// The same on one axis of a tile, for one vector of channels: t is what lies between the transforms along time and mel, its
// rows winograd_row apart.
inline constexpr int winograd_row = 6;

/// Along mel, to values `next_value` apart: Row makes Values of a row of t.
template <int Values, auto Row>
inline void winograd_to_values(const vec* t, idx times, float* to, idx next_value) noexcept {
  for (idx a = 0; a < times; ++a, t += winograd_row) {
    vec v[Values];
    Row(t, v);
#pragma GCC unroll 6
    for (int b = 0; b < Values; ++b, to += next_value) store(to, v[b]);
  }
}
/// Along time, from values `next_value` apart: Row makes Results of Values.
template <int Values, int Results, auto Row>
inline void winograd_from_values(const float* m, idx next_value, idx mels, vec* t) noexcept {
  for (idx b = 0; b < mels; ++b) {
    vec d[Values], v[Results];
#pragma GCC unroll 8
    for (int a = 0; a < Values; ++a) d[a] = load(m + (mels * a + b) * next_value);
    Row(d, v);
#pragma GCC unroll 6
    for (int a = 0; a < Results; ++a) t[winograd_row * a + b] = v[a];
  }
}

/// Fetches what stands `next_tile` behind it, too.
template <int Time>
inline void winograd_input_times(const float* const* at, idx c, idx mels, idx next_tile, vec* t) noexcept {
  for (idx b = 0; b < mels; ++b) {
    vec d[Time + 2], v[Time + 2];
#pragma GCC unroll 8
    for (int a = 0; a < Time + 2; ++a) {
      d[a] = load(at[mels * a + b] + c);
      __builtin_prefetch(at[mels * a + b] + c + next_tile);
    }
    winograd_input_row<Time>(d, v);
#pragma GCC unroll 8
    for (int a = 0; a < Time + 2; ++a) t[winograd_row * a + b] = v[a];
  }
}
template <int Mel>
inline void winograd_output_mels(const vec* t, const vec& shift, bool rectify, float* y, idx next_row, idx next_column,
                                 idx rows, idx columns) noexcept {
  for (idx a = 0; a < rows; ++a, t += winograd_row, y += next_row) {
    vec v[Mel];
    winograd_output_row<Mel>(t, v);
#pragma GCC unroll 4
    for (int b = 0; b < Mel; ++b) {
      vec s = v[b] + shift;
      if (rectify) s = s < 0.f ? vec{} : s;
      if (b < columns) store(y + b * next_column, s);
    }
  }
}
template <int Time>
inline void winograd_weight_times(const float* weight, idx tap, vec* t) noexcept {
  for (idx b = 0; b < 3; ++b, weight += tap) {
    const vec g[3] = {load(weight), load(weight + 3 * tap), load(weight + 6 * tap)};
    vec u[Time + 2];
    winograd_weight_row<Time>(g, u);
#pragma GCC unroll 8
    for (int a = 0; a < Time + 2; ++a) t[winograd_row * a + b] = u[a];
  }
}
template <int Time>
inline void winograd_output_gradient_times(const float* dy, idx next_row, idx next_column, idx rows, idx columns,
                                           idx mels, vec* t) noexcept {
  for (idx b = 0; b < mels; ++b, dy += next_column) {
    vec y[Time], m[Time + 2];
#pragma GCC unroll 6
    for (int a = 0; a < Time; ++a) y[a] = a < rows && b < columns ? load(dy + a * next_row) : vec{};
    winograd_output_row_gradient<Time>(y, m);
#pragma GCC unroll 8
    for (int a = 0; a < Time + 2; ++a) t[winograd_row * a + b] = m[a];
  }
}
template <int Mel>
inline void winograd_weight_gradient_mels(const vec* t, float* dweight, idx tap) noexcept {
  for (idx a = 0; a < 3; ++a, t += winograd_row) {
    vec g[3];
    winograd_weight_row_gradient<Mel>(t, g);
#pragma GCC unroll 3
    for (int b = 0; b < 3; ++b, dweight += tap) store(dweight, load(dweight) + g[b]);
  }
}

// On both, for whole lines of channels.

/// The values of a tile of the input, places `at`: lines are `next_line` apart in `to`, values `next_value`.
inline void winograd_input(winograd_sides s, const float* const* at, idx channels, float* to, idx next_line,
                           idx next_value) noexcept {
  vec t[winograd_sides::most_values];
  const auto times = s.time == 6 ? winograd_input_times<6> : winograd_input_times<4>;
  const auto mels =
      s.mel == 4 ? winograd_to_values<6, winograd_input_row<4>> : winograd_to_values<4, winograd_input_row<2>>;
  for (idx c = 0; c < channels; c += lanes) {
    times(at, c, s.mel + 2, s.mel * channels, t);
    mels(t, s.time + 2, to + c / line * next_line + c % line, next_value);
  }
}
/// `rows` x `columns` of the outputs of a tile, or all where it has fewer, from its values, `next_value` apart.
inline void winograd_output(winograd_sides s, const float* m, idx next_value, idx channels, const float* bias,
                            bool rectify, float* y, idx next_row, idx next_column, idx rows, idx columns) noexcept {
  vec t[winograd_sides::most_values];
  const auto times = s.time == 6 ? winograd_from_values<8, 6, winograd_output_row<6>>
                                 : winograd_from_values<6, 4, winograd_output_row<4>>;
  const auto mels = s.mel == 4 ? winograd_output_mels<4> : winograd_output_mels<2>;
  if (rows > s.time) rows = s.time;
  for (idx c = 0; c < channels; c += lanes) {
    times(m + c, next_value, s.mel + 2, t);
    mels(t, bias ? load(bias + c) : vec{}, rectify, y + c, next_row, next_column, rows, columns);
  }
}
/// The values of 3 x 3 weights, `tap` apart, for `count` lines of channels.
inline void winograd_weights(winograd_sides s, const float* weight, idx tap, idx next_line, idx count, float* to,
                             idx next_line_of_to, idx next_value) noexcept {
  vec t[winograd_sides::most_values];
  const auto times = s.time == 6 ? winograd_weight_times<6> : winograd_weight_times<4>;
  const auto mels =
      s.mel == 4 ? winograd_to_values<6, winograd_weight_row<4>> : winograd_to_values<4, winograd_weight_row<2>>;
  for (idx i = 0; i < count; ++i, weight += next_line, to += next_line_of_to)
    for (idx j = 0; j < line; j += lanes) {
      times(weight + j, tap, t);
      mels(t, s.time + 2, to + j, next_value);
    }
}
/// The gradients of the values of an output tile from those of `rows` x `columns` outputs.
inline void winograd_output_gradient(winograd_sides s, const float* dy, idx next_row, idx next_column, idx rows,
                                     idx columns, idx channels, float* to, idx next_value) noexcept {
  vec t[winograd_sides::most_values];
  const auto times = s.time == 6 ? winograd_output_gradient_times<6> : winograd_output_gradient_times<4>;
  const auto mels = s.mel == 4 ? winograd_to_values<6, winograd_output_row_gradient<4>>
                               : winograd_to_values<4, winograd_output_row_gradient<2>>;
  for (idx c = 0; c < channels; c += lanes) {
    times(dy + c, next_row, next_column, rows, columns, s.mel, t);
    mels(t, s.time + 2, to + c, next_value);
  }
}
/// Adds to the gradients of 3 x 3 weights, `tap` apart, from those of their values.
inline void winograd_weight_gradient(winograd_sides s, const float* du, idx next_value, idx channels, float* dweight,
                                     idx tap) noexcept {
  vec t[winograd_sides::most_values];
  const auto times = s.time == 6 ? winograd_from_values<8, 3, winograd_weight_row_gradient<6>>
                                 : winograd_from_values<6, 3, winograd_weight_row_gradient<4>>;
  const auto mels = s.mel == 4 ? winograd_weight_gradient_mels<4> : winograd_weight_gradient_mels<2>;
  for (idx c = 0; c < channels; c += lanes) {
    times(du + c, next_value, s.mel + 2, t);
    mels(t, dweight + c, tap);
  }
}

}  // namespace auris::detail::AURIS_SET
