#pragma once
#include <auris/op/conv2d.hpp>

namespace auris {

template <class T>
struct kernel<op::conv2d, reference, T> {
  static void forward(const resources<reference, T>&, const op::conv2d::size& s, const T* x, const T* weight,
                      const T* bias, T* y) noexcept {
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
  /// Calls visit(element of x, element of weight, element of y) for every product of the sum.
  template <class Visit>
  static void for_products(const op::conv2d::size& s, const Visit& visit) noexcept {
    const idx times = s.time.outputs(), mels = s.mel.outputs();
    for (idx n = 0; n < s.items; ++n)
      for (idx t = 0; t < times; ++t)
        for (idx f = 0; f < mels; ++f)
          for (idx i = 0; i < s.time.kernel; ++i)
            for (idx j = 0; j < s.mel.kernel; ++j) {
              const idx time = t * s.time.stride + i * s.time.dilation - s.time.before;
              const idx mel = f * s.mel.stride + j * s.mel.dilation - s.mel.before;
              if (time < 0 || time >= s.time.extent || mel < 0 || mel >= s.mel.extent) continue;
              for (idx c = 0; c < s.in; ++c)
                for (idx o = 0; o < s.out; ++o)
                  visit(((n * s.time.extent + time) * s.mel.extent + mel) * s.in + c,
                        ((i * s.mel.kernel + j) * s.in + c) * s.out + o, ((n * times + t) * mels + f) * s.out + o);
            }
  }
};

}  // namespace auris
