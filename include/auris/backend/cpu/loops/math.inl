// Elementary functions, lane by lane; what is not a number stays so. An ulp is the distance of floats at the exact value; values
// below the smallest normal number may be off by that number. Polynomials after Cephes.
namespace auris::detail::AURIS_SET {

/// What is not a number stays so.
[[gnu::always_inline]] inline vec at_most(float most, const vec& v) {
#if AURIS_LANES == 16 && defined(__clang__)
  return __builtin_ia32_minps512(splat(most), v, 4);
#elif AURIS_LANES == 16
  return __builtin_ia32_minps512_mask(splat(most), v, v, static_cast<short>(-1), 4);
#elif AURIS_LANES == 8
  return __builtin_ia32_minps256(splat(most), v);
#elif defined(__x86_64__)
  return __builtin_ia32_minps(splat(most), v);
#else
  return v > most ? splat(most) : v;
#endif
}
[[gnu::always_inline]] inline vec magnitude(const vec& v) {
  return reinterpret_cast<vec>(reinterpret_cast<integers>(v) & 0x7fffffff);
}
/// A magnitude with the sign of v.
[[gnu::always_inline]] inline vec signed_as(const vec& v, const vec& size) {
  const integers sign = reinterpret_cast<integers>(v) ^ reinterpret_cast<integers>(magnitude(v));
  return reinterpret_cast<vec>(reinterpret_cast<integers>(size) | sign);
}
/// exp x for -87.3 <= x <= 88.7: 2^n p(r), |r| <= ln(2) / 2; adding 1.5 * 2^23 rounds to the nearest whole number.
[[gnu::always_inline]] inline vec exponential_inside(const vec& x) {
  const vec t = x * 1.44269504f + 12582912.f, n = t - 12582912.f;
  const vec r = x - n * 0.693359375f + n * 2.12194440e-4f;
  vec p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.f;
  return reinterpret_cast<vec>(reinterpret_cast<integers>(p) + (reinterpret_cast<integers>(t) << 23));
}
/// exp x within 1.1 ulp; zero below the smallest normal number.
[[gnu::always_inline]] inline vec exponential(const vec& x) {
  const vec y = x < -87.3365f ? vec{} : exponential_inside(x);
  return x <= 88.7228f ? y : x * __builtin_inff();
}
/// 2^x for -126 <= x < 127.5: 2^n p(r), |r| <= 1 / 2.
[[gnu::always_inline]] inline vec power_of_two_inside(const vec& x) {
  const vec t = x + 12582912.f, r = x - (t - 12582912.f);
  vec p = r * 1.535336188319500e-4f + 1.339887440266574e-3f;
  p = p * r + 9.618437357674640e-3f;
  p = p * r + 5.550332471162809e-2f;
  p = p * r + 2.402264791363012e-1f;
  p = p * r + 6.931472028550421e-1f;
  p = p * r + 1.f;
  return reinterpret_cast<vec>(reinterpret_cast<integers>(p) + (reinterpret_cast<integers>(t) << 23));
}

/// 1 / (1 + exp -x) within 2.5 ulp.
[[gnu::always_inline]] inline vec logistic(const vec& x) { return 1.f / (1.f + exponential(-x)); }
/// tanh x within 1.5 ulp: an odd polynomial near zero.
[[gnu::always_inline]] inline vec hyperbolic_tangent(const vec& x) {
  const vec s = x * x, size = magnitude(x);
  vec p = s * -5.70498872745e-3f + 2.06390887954e-2f;
  p = p * s - 5.37397155531e-2f;
  p = p * s + 1.33314422036e-1f;
  p = p * s - 3.33332819422e-1f;
  p = p * s * x + x;
  const vec far = 1.f - 2.f / (1.f + exponential_inside(at_most(20.f, 2.f * size)));
  return size >= 0.625f ? signed_as(x, far) : p;
}

/// erf x within 1.2 ulp: an odd polynomial near zero, else 1 - exp of one.
[[gnu::always_inline]] inline vec error_function(const vec& x) {
  const vec size = magnitude(x), t = at_most(4.f, size), s = x * x, u = t * t;
  vec e = t * -1.72853470e-5f + 3.83197126e-4f;
  const vec f = t * -3.88396438e-3f + 2.42546219e-2f;
  e = e * u + f;
  e = e * t - 1.06777877e-1f;
  e = e * t - 6.34846687e-1f;
  e = e * t - 1.28717512e-1f;
  const vec far = 1.f - exponential_inside(e * t - t);
  vec p = s * -5.96761703e-4f + 4.99119423e-3f;
  p = p * s - 2.67681349e-2f;
  p = p * s + 1.12819925e-1f;
  p = p * s - 3.76125336e-1f;
  p = p * s + 1.28379166e-1f;
  p = p * x + x;
  return size > 0.927734375f ? signed_as(x, far) : p;
}
/// (1 + erf(x / sqrt 2)) / 2, the share of a normal distribution below x, within 2^-23.
[[gnu::always_inline]] inline vec normal_share(const vec& x) { return 0.5f + 0.5f * error_function(x * 0.707106781f); }
/// Its density.
[[gnu::always_inline]] inline vec normal_density(const vec& x) { return 0.398942280f * exponential(x * x * -0.5f); }

/// ln((1 + x) 2^exponent) for 1 + x in [sqrt(1/2), sqrt(2)).
[[gnu::always_inline]] inline vec logarithm_near_one(const vec& x, const vec& exponent) {
  const vec z = x * x;
  vec p = x * 7.0376836292e-2f - 1.1514610310e-1f;
  p = p * x + 1.1676998740e-1f;
  p = p * x - 1.2420140846e-1f;
  p = p * x + 1.4249322787e-1f;
  p = p * x - 1.6668057665e-1f;
  p = p * x + 2.0000714765e-1f;
  p = p * x - 2.4999993993e-1f;
  p = p * x + 3.3333331174e-1f;
  p = p * x * z - 2.12194440e-4f * exponent - 0.5f * z;
  return x + p + 0.693359375f * exponent;
}
/// e where v = m 2^e, m in [sqrt(1/2), sqrt(2)), v positive and normal.
[[gnu::always_inline]] inline integers exponent_of(const vec& v) {
  constexpr int root_half = 0x3F3504F3;
  return (reinterpret_cast<integers>(v) - root_half) >> 23;
}
/// v / 2^e
[[gnu::always_inline]] inline vec divided_by_power(const vec& v, const integers& e) {
  return reinterpret_cast<vec>(reinterpret_cast<integers>(v) - (e << 23));
}
/// ln v within 1 ulp.
[[gnu::always_inline]] inline vec natural_logarithm(const vec& v) {
  const auto tiny = v < 0x1p-126f;  // subnormal: 2^23 times that is normal
  const vec normal = tiny ? v * 0x1p23f : v;
  const integers e = exponent_of(normal);
  const vec exponent = __builtin_convertvector(e, vec) - (tiny ? splat(23.0f) : splat(0.0f));
  vec y = logarithm_near_one(divided_by_power(normal, e) - 1.0f, exponent);
  y = v == 0.0f ? splat(-__builtin_inff()) : y;
  y = v < 0.0f ? splat(__builtin_nanf("")) : y;
  return v < __builtin_inff() ? y : v;  // infinity and what is not a number stay
}
/// ln(1 + t) within 1.5 ulp for t <= 1.
[[gnu::always_inline]] inline vec logarithm_of_one_and(const vec& t) {
  const vec v = 1.0f + t, lost = t - (v - 1.0f);  // by rounding, exactly
  const integers e = exponent_of(v);
  const vec x = divided_by_power(v, e) - 1.0f + lost * divided_by_power(splat(1.0f), e);
  vec y = logarithm_near_one(x, __builtin_convertvector(e, vec));
  y = v == 0.0f ? splat(-__builtin_inff()) : y;
  return v >= 0.0f ? y : splat(__builtin_nanf(""));
}

}  // namespace auris::detail::AURIS_SET
