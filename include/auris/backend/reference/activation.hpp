#pragma once
#include <auris/op/activation.hpp>
#include <cmath>
#include <numbers>

namespace auris {

template <class T>
struct kernel<op::relu, reference, T> {
  static void forward(const resources<reference, T>&, const op::relu::size& s, const T* x, T* y) noexcept {
    for (idx k = 0; k < s.count; ++k) y[k] = x[k] < 0 ? T(0) : x[k];
  }
  static void backward(const resources<reference, T>&, const op::relu::size& s, const T*, const T* y, const T* dy,
                       T* dx) noexcept {
    for (idx k = 0; k < s.count; ++k) dx[k] = y[k] > 0 ? dy[k] : T(0);
  }
};

template <class T>
struct kernel<op::sigmoid, reference, T> {
  static void forward(const resources<reference, T>&, const op::sigmoid::size& s, const T* x, T* y) noexcept {
    for (idx k = 0; k < s.count; ++k) y[k] = 1 / (1 + std::exp(-x[k]));
  }
  static void backward(const resources<reference, T>&, const op::sigmoid::size& s, const T*, const T* y, const T* dy,
                       T* dx) noexcept {
    for (idx k = 0; k < s.count; ++k) dx[k] = dy[k] * y[k] * (1 - y[k]);
  }
};

template <class T>
struct kernel<op::tanh, reference, T> {
  static void forward(const resources<reference, T>&, const op::tanh::size& s, const T* x, T* y) noexcept {
    for (idx k = 0; k < s.count; ++k) y[k] = std::tanh(x[k]);
  }
  static void backward(const resources<reference, T>&, const op::tanh::size& s, const T*, const T* y, const T* dy,
                       T* dx) noexcept {
    for (idx k = 0; k < s.count; ++k) dx[k] = dy[k] * (1 - y[k] * y[k]);
  }
};

template <class T>
struct kernel<op::gelu, reference, T> {
  static void forward(const resources<reference, T>&, const op::gelu::size& s, const T* x, T* y) noexcept {
    for (idx k = 0; k < s.count; ++k) y[k] = x[k] * below(x[k]);
  }
  static void backward(const resources<reference, T>&, const op::gelu::size& s, const T* x, const T*, const T* dy,
                       T* dx) noexcept {
    const T density = std::numbers::inv_sqrtpi_v<T> / std::numbers::sqrt2_v<T>;
    for (idx k = 0; k < s.count; ++k) dx[k] = dy[k] * (below(x[k]) + x[k] * density * std::exp(-x[k] * x[k] / 2));
  }

 private:
  static T below(T x) noexcept { return (1 + std::erf(x / std::numbers::sqrt2_v<T>)) / 2; }
};

}  // namespace auris
