#pragma once
#include <auris/backend/cpu/vector.hpp>
#include <auris/core/executor.hpp>
#include <auris/op/logarithm.hpp>
#include <cmath>
#include <cstdint>
#include <limits>

namespace auris {

namespace detail {

/// ln v of each lane within 2 units in the last place; its polynomial is that of the Cephes library.
[[gnu::always_inline]] inline vec<float> natural_logarithm(const vec<float>& v) {
  using bits __attribute__((vector_size(vector_bytes))) = std::int32_t;
  using limits = std::numeric_limits<float>;
  const auto tiny = v < limits::min();  // subnormal: 2^23 times that is normal
  const vec<float> normal = tiny ? v * 0x1p23f : v;
  // v = m 2^e with m in [sqrt(1/2), sqrt(2))
  constexpr std::int32_t root_half = 0x3F3504F3;
  const bits b = reinterpret_cast<bits>(normal), e = (b - root_half) >> 23;
  const vec<float> m = reinterpret_cast<vec<float>>(b - (e << 23));
  const vec<float> exponent = __builtin_convertvector(e, vec<float>) - (tiny ? splat(23.0f) : splat(0.0f));
  const vec<float> x = m - 1.0f, z = x * x;
  vec<float> p = x * 7.0376836292e-2f - 1.1514610310e-1f;
  p = p * x + 1.1676998740e-1f;
  p = p * x - 1.2420140846e-1f;
  p = p * x + 1.4249322787e-1f;
  p = p * x - 1.6668057665e-1f;
  p = p * x + 2.0000714765e-1f;
  p = p * x - 2.4999993993e-1f;
  p = p * x + 3.3333331174e-1f;
  p = p * x * z - 2.12194440e-4f * exponent - 0.5f * z;
  vec<float> y = x + p + 0.693359375f * exponent;
  y = v == 0.0f ? splat(-limits::infinity()) : y;
  y = v < 0.0f ? splat(limits::quiet_NaN()) : y;
  return v < limits::infinity() ? y : v;  // infinity and what is not a number stay
}

[[gnu::always_inline]] inline vec<double> natural_logarithm(const vec<double>& v) {
  vec<double> y = v;
  for (idx i = 0; i < lanes<double>; ++i) y[i] = std::log(v[i]);
  return y;
}

}  // namespace detail

template <class T>
struct kernel<op::logarithm, cpu, T> {
  static void forward(const resources<cpu, T>& r, const op::logarithm::size& s, const T* x, T* y) noexcept {
    const T floor = static_cast<T>(s.floor), offset = static_cast<T>(s.offset), scale = static_cast<T>(s.scale);
    const auto value = [=](const detail::vec<T>& v) {
      return detail::natural_logarithm((v < floor ? detail::splat(floor) : v) + offset) * scale;
    };
    for_ranges(*r.queue, s.count, 4096,
               [&](idx begin, idx end, int) { detail::transform(end - begin, y + begin, value, x + begin); });
  }
};

}  // namespace auris
