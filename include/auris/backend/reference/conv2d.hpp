#pragma once
#include <auris/op/conv2d.hpp>
#include <limits>

namespace auris {

template <class T>
struct kernel<op::conv2d, reference, T> {
  static constexpr bool pools(const op::conv2d::size&) { return true; }
  static void forward(const resources<reference, T>&, const op::conv2d::size& s, const T* x, const T* weight,
                      const T* bias, T* y) noexcept {
    if (s.pool.places() > 1) return forward_pooled(s, x, weight, bias, y);
    for (idx k = 0; k < s.rows() * s.out; ++k) y[k] = bias ? bias[k % s.out] : T(0);
    for_products(s, [&](idx in, idx by, idx out) { y[out] += x[in] * weight[by]; });
    if (s.rectify)
      for (idx k = 0; k < s.rows() * s.out; ++k)
        if (y[k] < 0) y[k] = T(0);
  }

  static void backward(const resources<reference, T>&, const op::conv2d::size& s, const T* x, const T* weight,
                       const T* dy, T* dx, T* dweight, T* dbias) noexcept {
    if (dx) {
      for (idx k = 0; k < s.items * s.time.extent * s.mel.extent * s.in; ++k) dx[k] = T(0);
      for_products(s, [&](idx in, idx by, idx out) { dx[in] += dy[out] * weight[by]; });
    }
    if (dweight) for_products(s, [&](idx in, idx by, idx out) { dweight[by] += dy[out] * x[in]; });
    if (dbias)
      for (idx k = 0; k < s.rows() * s.out; ++k) dbias[k % s.out] += dy[k];
  }

 private:
  static void forward_pooled(const op::conv2d::size& s, const T* x, const T* weight, const T* bias, T* y) noexcept {
    const idx times = s.pooled_time(), mels = s.pooled_mel();
    for (idx k = 0; k < s.pooled_rows() * s.out; ++k) {
      const idx o = k % s.out, f = k / s.out % mels, t = k / s.out / mels % times, n = k / s.out / mels / times;
      T result = s.pool.average ? T(0) : -std::numeric_limits<T>::infinity();
      for (idx a = 0; a < s.pool.time; ++a)
        for (idx b = 0; b < s.pool.mel; ++b) {
          T v = bias ? bias[o] : T(0);
          for_terms(s, n, t * s.pool.time + a, f * s.pool.mel + b,
                    [&](idx in, idx tap) { v += x[in] * weight[tap * s.out + o]; });
          if (s.rectify && v < 0) v = T(0);
          if (s.pool.average)
            result += v;
          else if (v > result || v != v)
            result = v;
        }
      y[k] = s.pool.average ? result / static_cast<T>(s.pool.places()) : result;
    }
  }
  /// Calls visit(element of x, row of weight) for the terms of one place.
  template <class Visit>
  static void for_terms(const op::conv2d::size& s, idx n, idx t, idx f, const Visit& visit) noexcept {
    for (idx i = 0; i < s.time.kernel; ++i)
      for (idx j = 0; j < s.mel.kernel; ++j) {
        const idx time = t * s.time.stride + i * s.time.dilation - s.time.before;
        const idx mel = f * s.mel.stride + j * s.mel.dilation - s.mel.before;
        if (time < 0 || time >= s.time.extent || mel < 0 || mel >= s.mel.extent) continue;
        for (idx c = 0; c < s.in; ++c)
          visit(((n * s.time.extent + time) * s.mel.extent + mel) * s.in + c, (i * s.mel.kernel + j) * s.in + c);
      }
  }
  /// Calls visit(element of x, element of weight, element of y) for every product of the sum.
  template <class Visit>
  static void for_products(const op::conv2d::size& s, const Visit& visit) noexcept {
    const idx times = s.time.outputs(), mels = s.mel.outputs();
    for (idx n = 0; n < s.items; ++n)
      for (idx t = 0; t < times; ++t)
        for (idx f = 0; f < mels; ++f)
          for_terms(s, n, t, f, [&](idx in, idx tap) {
            for (idx o = 0; o < s.out; ++o) visit(in, tap * s.out + o, ((n * times + t) * mels + f) * s.out + o);
          });
  }
};

}  // namespace auris
