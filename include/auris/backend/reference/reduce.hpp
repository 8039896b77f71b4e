#pragma once
#include <auris/op/reduce.hpp>

namespace auris {

template <class T>
struct kernel<op::mean_axis, reference, T> {
  static void forward(const resources<reference, T>&, const op::mean_axis::size& s, const T* x, T* y) noexcept {
    for (idx o = 0; o < s.outer; ++o)
      for (idx i = 0; i < s.inner; ++i) {
        T sum = 0;
        for (idx l = 0; l < s.length; ++l) sum += x[(o * s.length + l) * s.inner + i];
        y[o * s.inner + i] = sum / static_cast<T>(s.length);
      }
  }
  static void backward(const resources<reference, T>&, const op::mean_axis::size& s, const T* dy, T* dx) noexcept {
    for (idx o = 0; o < s.outer; ++o)
      for (idx l = 0; l < s.length; ++l)
        for (idx i = 0; i < s.inner; ++i)
          dx[(o * s.length + l) * s.inner + i] = dy[o * s.inner + i] / static_cast<T>(s.length);
  }
};

template <class T>
struct kernel<op::max_axis, reference, T> {
  static void forward(const resources<reference, T>&, const op::max_axis::size& s, const T* x, T* y) noexcept {
    for (idx o = 0; o < s.outer; ++o)
      for (idx i = 0; i < s.inner; ++i) y[o * s.inner + i] = x[largest(s, x, o, i)];
  }
  static void backward(const resources<reference, T>&, const op::max_axis::size& s, const T* x, const T* dy,
                       T* dx) noexcept {
    for (idx k = 0; k < s.outer * s.length * s.inner; ++k) dx[k] = T(0);
    for (idx o = 0; o < s.outer; ++o)
      for (idx i = 0; i < s.inner; ++i) dx[largest(s, x, o, i)] = dy[o * s.inner + i];
  }

 private:
  static idx largest(const op::max_axis::size& s, const T* x, idx o, idx i) noexcept {
    idx best = o * s.length * s.inner + i;
    for (idx l = 1; l < s.length; ++l) {
      const idx k = (o * s.length + l) * s.inner + i;
      const bool nan = x[k] != x[k];
      if (x[k] > x[best] || (nan && x[best] == x[best])) best = k;
    }
    return best;
  }
};

}  // namespace auris
