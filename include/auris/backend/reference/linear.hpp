#pragma once
#include <auris/op/linear.hpp>

namespace auris {

template <class T>
struct kernel<op::linear, reference, T> {
  static void forward(const resources<reference, T>&, const op::linear::size& s, const T* x, const T* weight,
                      const T* bias, T* y) noexcept {
    for (idx r = 0; r < s.rows; ++r)
      for (idx o = 0; o < s.out; ++o) {
        T sum = bias ? bias[o] : T(0);
        for (idx i = 0; i < s.in; ++i) sum += x[r * s.in + i] * weight[o * s.in + i];
        y[r * s.out + o] = sum;
      }
  }

  static void backward(const resources<reference, T>&, const op::linear::size& s, const T* x, const T* weight,
                       const T* dy, T* dx, T* dweight, T* dbias) noexcept {
    if (dx)
      for (idx k = 0; k < s.rows * s.in; ++k) dx[k] = T(0);
    for (idx r = 0; r < s.rows; ++r)
      for (idx o = 0; o < s.out; ++o) {
        const T g = dy[r * s.out + o];
        if (dbias) dbias[o] += g;
        for (idx i = 0; i < s.in; ++i) {
          if (dx) dx[r * s.in + i] += g * weight[o * s.in + i];
          if (dweight) dweight[o * s.in + i] += g * x[r * s.in + i];
        }
      }
  }
};

}  // namespace auris
