namespace auris::detail::AURIS_SET {

/// Sums of lanes of a and b in turn.
[[gnu::always_inline]] inline vec folded(const vec& a, const vec& b) {
  using lane_index = std::make_index_sequence<AURIS_LANES>;
  return interleave<0, AURIS_LANES, 1>(a, b, lane_index{}) + interleave<1, AURIS_LANES, 1>(a, b, lane_index{});
}
/// The sums of the lanes of four vectors, in a fixed order.
[[gnu::always_inline]] inline void sums_of_four(const vec (&v)[4], float* to) {
  float lane[lanes];  // of the vectors 0, 2, 1, 3
  store(lane, folded(folded(v[0], v[1]), folded(v[2], v[3])));
  for (idx half = lanes / 2; half >= 4; half /= 2)
    for (idx i = 0; i < half; ++i) lane[i] += lane[i + half];
  to[0] = lane[0], to[1] = lane[2], to[2] = lane[1], to[3] = lane[3];
}

/// sums[4 i + q] = row i of a . row q of b: Rows rows of a, four of b.
template <int Rows>
[[gnu::always_inline]] inline void dots_in_registers(idx count, const float* a, idx a_stride, const float* b,
                                                     idx b_stride, float* sums) {
  vec sum[Rows][4] = {};
  for (idx k = 0; k < count; k += lanes) {
    vec v[4];
#pragma GCC unroll 4
    for (int q = 0; q < 4; ++q) v[q] = load(b + q * b_stride + k);
#pragma GCC unroll 4
    for (int i = 0; i < Rows; ++i) {
      const vec u = load(a + i * a_stride + k);
#pragma GCC unroll 4
      for (int q = 0; q < 4; ++q) sum[i][q] += u * v[q];
    }
  }
#pragma GCC unroll 4
  for (int i = 0; i < Rows; ++i) sums_of_four(sum[i], sums + 4 * i);
}
/// The same for 1, 2 or 4 rows of a and whole lines.
inline void four_dots(idx rows, idx count, const float* a, idx a_stride, const float* b, idx b_stride,
                      float* sums) noexcept {
  constexpr int most = AURIS_LANES == 16 ? 4 : 2;
  if (rows == 1) return dots_in_registers<1>(count, a, a_stride, b, b_stride, sums);
  if (rows == 2) return dots_in_registers<2>(count, a, a_stride, b, b_stride, sums);
  for (idx i = 0; i < 4; i += most)
    dots_in_registers<most>(count, a + i * a_stride, a_stride, b, b_stride, sums + 4 * i);
}

/// Squared magnitudes of the sums of four frames with the weights re + j im.
inline void complex_powers(idx count, const float* re, const float* im, const float* const* frame,
                           float* power) noexcept {
  vec real[4] = {}, imaginary[4] = {};
  const auto add = [&](const float* r, const float* i, const float* const* x) {
    const vec u = load(r), v = load(i);
#pragma GCC unroll 4
    for (int q = 0; q < 4; ++q) {
      const vec sample = load(x[q]);
      real[q] += u * sample;
      imaginary[q] += v * sample;
    }
  };
  const float* x[4] = {frame[0], frame[1], frame[2], frame[3]};
  idx k = 0;
  for (; k + lanes <= count; k += lanes) {
    add(re + k, im + k, x);
#pragma GCC unroll 4
    for (int q = 0; q < 4; ++q) x[q] += lanes;
  }
  if (k < count) {
    float rest[6][lanes] = {};
    for (idx i = 0; k + i < count; ++i) {
      for (int q = 0; q < 4; ++q) rest[q][i] = x[q][i];
      rest[4][i] = re[k + i], rest[5][i] = im[k + i];
    }
    const float* const last[4] = {rest[0], rest[1], rest[2], rest[3]};
    add(rest[4], rest[5], last);
  }
  float a[4], b[4];
  sums_of_four(real, a);
  sums_of_four(imaginary, b);
  for (int q = 0; q < 4; ++q) power[q] = a[q] * a[q] + b[q] * b[q];
}

}  // namespace auris::detail::AURIS_SET
