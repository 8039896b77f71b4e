// Complex numbers, one in each lane, and Fourier transforms of a few of them.
namespace auris::detail::AURIS_SET {

struct complex_vector {
  vec real, imaginary;
};
inline constexpr idx complex_lanes = 2 * lanes;  ///< floats of one

[[gnu::always_inline]] inline complex_vector get(const float* p) { return {load(p), load(p + lanes)}; }
[[gnu::always_inline]] inline void put(float* p, const complex_vector& z) {
  store(p, z.real);
  store(p + lanes, z.imaginary);
}
[[gnu::always_inline]] inline complex_vector operator+(const complex_vector& a, const complex_vector& b) {
  return {a.real + b.real, a.imaginary + b.imaginary};
}
[[gnu::always_inline]] inline complex_vector operator-(const complex_vector& a, const complex_vector& b) {
  return {a.real - b.real, a.imaginary - b.imaginary};
}
/// a times w[0] + i w[1]
[[gnu::always_inline]] inline complex_vector times(const complex_vector& a, const float* w) {
  return {a.real * w[0] - a.imaginary * w[1], a.real * w[1] + a.imaginary * w[0]};
}
/// a times -i
[[gnu::always_inline]] inline complex_vector turned(const complex_vector& a) { return {a.imaginary, -a.real}; }

[[gnu::always_inline]] inline void transform(complex_vector (&z)[2]) {
  const complex_vector a = z[0], b = z[1];
  z[0] = a + b;
  z[1] = a - b;
}
/// Of a, b, c, d, to every `Step`th of z.
template <int Step>
[[gnu::always_inline]] inline void transform_four(const complex_vector& a, const complex_vector& b,
                                                  const complex_vector& c, const complex_vector& d, complex_vector* z) {
  const complex_vector e = a + c, f = a - c, g = b + d, h = turned(b - d);
  z[0] = e + g;
  z[Step] = f + h;
  z[2 * Step] = e - g;
  z[3 * Step] = f - h;
}
[[gnu::always_inline]] inline void transform(complex_vector (&z)[4]) { transform_four<1>(z[0], z[1], z[2], z[3], z); }
[[gnu::always_inline]] inline void transform(complex_vector (&z)[8]) {
  constexpr float half_root = 0.707106781f;
  complex_vector sum[4], d[4];
#pragma GCC unroll 4
  for (int j = 0; j < 4; ++j) {
    sum[j] = z[j] + z[j + 4];
    d[j] = z[j] - z[j + 4];
  }
  d[1] = {(d[1].real + d[1].imaginary) * half_root, (d[1].imaginary - d[1].real) * half_root};
  d[2] = turned(d[2]);
  d[3] = {(d[3].imaginary - d[3].real) * half_root, (d[3].real + d[3].imaginary) * -half_root};
  transform_four<2>(sum[0], sum[1], sum[2], sum[3], z);
  transform_four<2>(d[0], d[1], d[2], d[3], z + 1);
}

/// cos and sin of 2 pi j / P for j = 1..P/2
template <int P>
struct odd_roots;
template <>
struct odd_roots<3> {
  static constexpr float cosine[] = {-0.5f}, sine[] = {0.866025404f};
};
template <>
struct odd_roots<5> {
  static constexpr float cosine[] = {0.309016994f, -0.809016994f}, sine[] = {0.951056516f, 0.587785252f};
};
template <>
struct odd_roots<7> {
  static constexpr float cosine[] = {0.623489802f, -0.222520934f, -0.900968868f};
  static constexpr float sine[] = {0.781831482f, 0.974927912f, 0.433883739f};
};
/// By pairs: X[k], X[P - k] = z[0] + sum_j cos (z[j] + z[P - j]) -+ i sum_j sin (z[j] - z[P - j]).
template <int P>
[[gnu::always_inline]] inline void transform(complex_vector (&z)[P]) {
  complex_vector sum[P / 2], difference[P / 2];
  const complex_vector centre = z[0];
#pragma GCC unroll 3
  for (int j = 1; j <= P / 2; ++j) {
    sum[j - 1] = z[j] + z[P - j];
    difference[j - 1] = turned(z[j] - z[P - j]);
    z[0] = z[0] + sum[j - 1];
  }
#pragma GCC unroll 3
  for (int k = 1; k <= P / 2; ++k) {
    complex_vector even = centre, odd{};
#pragma GCC unroll 3
    for (int j = 1; j <= P / 2; ++j) {
      const int turn = j * k % P;
      const float c = odd_roots<P>::cosine[(2 * turn < P ? turn : P - turn) - 1];
      const float s = 2 * turn < P ? odd_roots<P>::sine[turn - 1] : -odd_roots<P>::sine[P - turn - 1];
      even.real += sum[j - 1].real * c;
      even.imaginary += sum[j - 1].imaginary * c;
      odd.real += difference[j - 1].real * s;
      odd.imaginary += difference[j - 1].imaginary * s;
    }
    z[k] = even + odd;
    z[P - k] = even - odd;
  }
}

}  // namespace auris::detail::AURIS_SET
