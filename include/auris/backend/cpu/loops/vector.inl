// Vectors of the instruction set: arithmetic, comparison and `?:` work lane by lane.
namespace auris::detail::AURIS_SET {

inline constexpr idx lanes = AURIS_LANES;
using vec [[gnu::vector_size(4 * AURIS_LANES)]] = float;
using integers [[gnu::vector_size(4 * AURIS_LANES)]] = int;

[[gnu::always_inline]] inline vec load(const float* p) {
  vec v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
[[gnu::always_inline]] inline void store(float* p, const vec& v) { __builtin_memcpy(p, &v, sizeof v); }
[[gnu::always_inline]] inline vec splat(float a) { return a - vec{}; }

/// Sum of the lanes, in a fixed order.
[[gnu::always_inline]] inline float sum_of(const vec& v) {
  float lane[lanes];
  store(lane, v);
  for (idx half = lanes / 2; half > 0; half /= 2)
    for (idx i = 0; i < half; ++i) lane[i] += lane[i + half];
  return lane[0];
}

/// Square root, rounded correctly.
[[gnu::always_inline]] inline vec root(const vec& v) {
#if AURIS_LANES == 16 && defined(__clang__)
  return __builtin_ia32_sqrtps512(v, 4);
#elif AURIS_LANES == 16
  return __builtin_ia32_sqrtps512_mask(v, v, static_cast<short>(-1), 4);
#elif AURIS_LANES == 8
  return __builtin_ia32_sqrtps256(v);
#elif defined(__x86_64__)
  return __builtin_ia32_sqrtps(v);
#else
  vec y = v;
  for (idx i = 0; i < lanes; ++i) y[i] = __builtin_sqrtf(v[i]);
  return y;
#endif
}

// 2^n * p(r), |r| <= ln(2) / 2; adding 1.5 * 2^23 rounds to the nearest whole number. After Cephes, as what follows.

/// Within 1 ulp; values below the smallest normal number become zero. NaN stays NaN here and below.
[[gnu::always_inline]] inline vec exponential(const vec& x) {
  const vec t = x * 1.44269504f + 12582912.f, n = t - 12582912.f;
  const vec r = x - n * 0.693359375f + n * 2.12194440e-4f;
  vec p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.f;
  const vec y = reinterpret_cast<vec>(reinterpret_cast<integers>(p) + (reinterpret_cast<integers>(t) << 23));
  const vec low = x < -87.3f ? vec{} : y;
  const vec high = x > 88.7228f ? splat(__builtin_inff()) : low;
  return x == x ? high : x;
}

/// Within 3 ulp.
[[gnu::always_inline]] inline vec hyperbolic_tangent(const vec& x) {
  const vec s = x * x;
  vec p = s * -5.70498872745e-3f + 2.06390887954e-2f;
  p = p * s - 5.37397155531e-2f;
  p = p * s + 1.33314422036e-1f;
  p = p * s - 3.33332819422e-1f;
  p = p * s * x + x;
  const vec far = 1.f - 2.f / (1.f + exponential(2.f * x));
  return s < 0.390625f ? p : far;
}

[[gnu::always_inline]] inline vec logistic(const vec& x) { return 1.f / (1.f + exponential(-x)); }

/// ln v within 2 ulp.
[[gnu::always_inline]] inline vec natural_logarithm(const vec& v) {
  const auto tiny = v < 0x1p-126f;  // subnormal: 2^23 times that is normal
  const vec normal = tiny ? v * 0x1p23f : v;
  // v = m 2^e with m in [sqrt(1/2), sqrt(2))
  constexpr int root_half = 0x3F3504F3;
  const integers b = reinterpret_cast<integers>(normal), e = (b - root_half) >> 23;
  const vec m = reinterpret_cast<vec>(b - (e << 23));
  const vec exponent = __builtin_convertvector(e, vec) - (tiny ? splat(23.0f) : splat(0.0f));
  const vec x = m - 1.0f, z = x * x;
  vec p = x * 7.0376836292e-2f - 1.1514610310e-1f;
  p = p * x + 1.1676998740e-1f;
  p = p * x - 1.2420140846e-1f;
  p = p * x + 1.4249322787e-1f;
  p = p * x - 1.6668057665e-1f;
  p = p * x + 2.0000714765e-1f;
  p = p * x - 2.4999993993e-1f;
  p = p * x + 3.3333331174e-1f;
  p = p * x * z - 2.12194440e-4f * exponent - 0.5f * z;
  vec y = x + p + 0.693359375f * exponent;
  y = v == 0.0f ? splat(-__builtin_inff()) : y;
  y = v < 0.0f ? splat(__builtin_nanf("")) : y;
  return v < __builtin_inff() ? y : v;  // infinity and what is not a number stay
}

/// The first and the second half of a[0] b[0] a[1] b[1] ...
template <int Half, std::size_t... I>
[[gnu::always_inline]] inline vec interleave(const vec& a, const vec& b, std::index_sequence<I...>) {
  constexpr int n = AURIS_LANES;
#if defined(__clang__)
  return __builtin_shufflevector(a, b, (Half * (n / 2) + static_cast<int>(I) / 2 + (I % 2 ? n : 0))...);
#else  // the form that nvcc hands on to g++ unharmed
  return __builtin_shuffle(a, b, integers{(Half * (n / 2) + static_cast<int>(I) / 2 + (I % 2 ? n : 0))...});
#endif
}

/// Transposes a square of lanes x lanes values.
inline void transpose_lanes(const float* x, idx x_stride, float* y, idx y_stride) noexcept {
  constexpr int n = AURIS_LANES;
  using lane_index = std::make_index_sequence<n>;
  vec r[n], t[n];
  for (int i = 0; i < n; ++i) r[i] = load(x + i * x_stride);
  for (int s = 1; s < n; s *= 2) {
    for (int i = 0; i < n / 2; ++i) {
      t[2 * i] = interleave<0>(r[i], r[i + n / 2], lane_index{});
      t[2 * i + 1] = interleave<1>(r[i], r[i + n / 2], lane_index{});
    }
    for (int i = 0; i < n; ++i) r[i] = t[i];
  }
  for (int i = 0; i < n; ++i) store(y + i * y_stride, r[i]);
}
/// Transposes a square of 16 x 16 values: y[j * y_stride + i] = x[i * x_stride + j].
inline void transpose_square(const float* x, idx x_stride, float* y, idx y_stride) noexcept {
  for (idx i = 0; i < line; i += lanes)
    for (idx j = 0; j < line; j += lanes)
      transpose_lanes(x + i * x_stride + j, x_stride, y + j * y_stride + i, y_stride);
}

}  // namespace auris::detail::AURIS_SET
