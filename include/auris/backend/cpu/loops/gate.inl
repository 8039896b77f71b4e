// Activations of recurrent layers: errors of 2e-7, absolute, not relative to the value; NaN stays NaN.
namespace auris::detail::AURIS_SET {

/// 1 / x within 1 ulp for x in [1, 2^127]; dividing takes AVX-512 longer than all the rest of a gate.
[[gnu::always_inline]] inline vec reciprocal(const vec& x) {
#if AURIS_LANES == 16
  const vec y = __builtin_ia32_rcp14ps512_mask(x, x, 0xFFFF);
  return y + y * (1.f - x * y);
#else
  return 1.f / x;
#endif
}

/// 1 / (1 + 2^x); beyond 2^126 and 2^-126, what it is there.
[[gnu::always_inline]] inline vec falling(const vec& x) {
  const vec high = x > 126.f ? splat(126.f) : x, t = high < -126.f ? splat(-126.f) : high;
  const vec n = t + 12582912.f - 12582912.f, r = t - n;
  vec p = r * 1.535336188e-4f + 1.339887440e-3f;
  p = p * r + 9.618437357e-3f;
  p = p * r + 5.550332471e-2f;
  p = p * r + 2.402264791e-1f;
  p = p * r + 6.931472028e-1f;
  p = p * r + 1.f;
  // Converted, a number that is none becomes one whose shift is zero.
  const integers exponent = __builtin_convertvector(n, integers) << 23;
  return reciprocal(1.f + reinterpret_cast<vec>(reinterpret_cast<integers>(p) + exponent));
}
[[gnu::always_inline]] inline vec gate(const vec& x) { return falling(x * -1.44269504f); }
[[gnu::always_inline]] inline vec candidate(const vec& x) { return 1.f - 2.f * falling(x * 2.88539008f); }

}  // namespace auris::detail::AURIS_SET
