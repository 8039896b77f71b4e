#pragma once
#include <auris/backend/cpu/vector.hpp>
#include <cmath>
#include <cstdint>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace auris::detail {

// sqrt, exp, tanh and sigmoid of vectors: own polynomials for float (after Cephes), the standard library lane by lane for
// double. NaN stays NaN.

template <class T, class F>
[[gnu::always_inline]] inline vec<T> each_lane(const vec<T>& x, const F& f) {
  T lane[lanes<T>];
  for (idx i = 0; i < lanes<T>; ++i) lane[i] = f(x[i]);
  return load(lane);
}

/// Square root, rounded correctly.
[[gnu::always_inline]] inline vec<double> sqrt(const vec<double>& x) {
  return each_lane<double>(x, [](double v) { return std::sqrt(v); });
}
[[gnu::always_inline]] inline vec<float> sqrt(const vec<float>& x) {
#if defined(__AVX512F__)
  return _mm512_maskz_sqrt_ps(0xFFFF, x);
#elif defined(__AVX__)
  return _mm256_sqrt_ps(x);
#elif defined(__SSE2__)
  return _mm_sqrt_ps(x);
#else
  return each_lane<float>(x, [](float v) { return std::sqrt(v); });
#endif
}

[[gnu::always_inline]] inline vec<double> exp(const vec<double>& x) {
  return each_lane<double>(x, [](double v) { return std::exp(v); });
}
[[gnu::always_inline]] inline vec<double> tanh(const vec<double>& x) {
  return each_lane<double>(x, [](double v) { return std::tanh(v); });
}

/// Within 1 ulp; values below the smallest normal number become zero.
[[gnu::always_inline]] inline vec<float> exp(const vec<float>& x) {
  using integers [[gnu::vector_size(vector_bytes)]] = std::uint32_t;
  // 2^n * p(r), |r| <= ln(2) / 2; adding 1.5 * 2^23 rounds to the nearest whole number.
  const vec<float> t = x * 1.44269504f + 12582912.f, n = t - 12582912.f;
  const vec<float> r = x - n * 0.693359375f + n * 2.12194440e-4f;
  vec<float> p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.f;
  const vec<float> y =
      reinterpret_cast<vec<float>>(reinterpret_cast<integers>(p) + (reinterpret_cast<integers>(t) << 23));
  const vec<float> low = x < -87.3f ? vec<float>{} : y;
  const vec<float> high = x > 88.7228f ? splat(__builtin_inff()) : low;
  return x == x ? high : x;
}

/// Within 3 ulp.
[[gnu::always_inline]] inline vec<float> tanh(const vec<float>& x) {
  const vec<float> s = x * x;
  vec<float> p = s * -5.70498872745e-3f + 2.06390887954e-2f;
  p = p * s - 5.37397155531e-2f;
  p = p * s + 1.33314422036e-1f;
  p = p * s - 3.33332819422e-1f;
  p = p * s * x + x;
  const vec<float> far = 1.f - 2.f / (1.f + exp(2.f * x));
  return s < 0.390625f ? p : far;
}

template <class V>
[[gnu::always_inline]] inline V sigmoid(const V& x) {
  return 1 / (1 + exp(-x));
}

}  // namespace auris::detail
