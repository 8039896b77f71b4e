#pragma once
#include <auris/op/optimiser.hpp>
#include <cmath>

namespace auris {

template <class T>
struct kernel<op::adam, reference, T> {
  static void step(const resources<reference, T>&, const op::adam::size& s, const T* g, T* m, T* v, T* w) noexcept {
    const double steps = static_cast<double>(s.step);
    const T beta1 = static_cast<T>(s.beta1), rest1 = static_cast<T>(1 - s.beta1);
    const T beta2 = static_cast<T>(s.beta2), rest2 = static_cast<T>(1 - s.beta2);
    const T decay = static_cast<T>(s.weight_decay);
    const T correction1 = static_cast<T>(1 - std::pow(s.beta1, steps));
    const T correction2 = static_cast<T>(1 - std::pow(s.beta2, steps));
    for (idx k = 0; k < s.count; ++k) {
      if (s.decoupled) w[k] *= static_cast<T>(1 - s.rate * s.weight_decay);
      const T gradient = s.decoupled ? g[k] : g[k] + decay * w[k];
      m[k] = beta1 * m[k] + rest1 * gradient;
      v[k] = beta2 * v[k] + rest2 * gradient * gradient;
      w[k] -=
          static_cast<T>(s.rate) * (m[k] / correction1) / (std::sqrt(v[k] / correction2) + static_cast<T>(s.epsilon));
    }
  }
};

template <class T>
struct kernel<op::sgd, reference, T> {
  static void step(const resources<reference, T>&, const op::sgd::size& s, const T* g, T* m, T* w) noexcept {
    const T momentum = static_cast<T>(s.momentum), rate = static_cast<T>(s.rate);
    for (idx k = 0; k < s.count; ++k) {
      const T gradient = g[k] + static_cast<T>(s.weight_decay) * w[k];
      T direction = gradient;
      if (s.momentum != 0) {
        m[k] = s.step == 1 ? gradient : momentum * m[k] + gradient;
        direction = s.nesterov ? gradient + momentum * m[k] : m[k];
      }
      w[k] -= rate * direction;
    }
  }
};

template <class T>
struct kernel<op::squared_norm, reference, T> {
  static void forward(const resources<reference, T>&, const op::squared_norm::size& s, const T* x, T* value) noexcept {
    T sum = 0;
    for (idx k = 0; k < s.count; ++k) sum += x[k] * x[k];
    value[0] += sum;
  }
};

template <class T>
struct kernel<op::clip, reference, T> {
  static void forward(const resources<reference, T>&, const op::clip::size& s, const T* squares, T* x) noexcept {
    const double factor = s.largest / (std::sqrt(static_cast<double>(squares[0])) + 1e-6);
    if (factor < 1)
      for (idx k = 0; k < s.count; ++k) x[k] *= static_cast<T>(factor);
  }
};

}  // namespace auris
