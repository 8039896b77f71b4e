#pragma once
#include <auris/op/layer_norm.hpp>
#include <cmath>

namespace auris {

template <class T>
struct kernel<op::layer_norm, reference, T> {
  static void forward(const resources<reference, T>&, const op::layer_norm::size& s, const T* x, const T* weight,
                      const T* bias, T* y) noexcept {
    for (idx r = 0; r < s.rows; ++r) {
      const statistics row = of_row(s, x + r * s.length);
      for (idx i = 0; i < s.length; ++i) {
        const T normalised = (x[r * s.length + i] - row.mean) * row.scale;
        y[r * s.length + i] = normalised * (weight ? weight[i] : T(1)) + (bias ? bias[i] : T(0));
      }
    }
  }

  static void backward(const resources<reference, T>&, const op::layer_norm::size& s, const T* x, const T* weight,
                       const T* dy, T* dx, T* dweight, T* dbias) noexcept {
    for (idx r = 0; r < s.rows; ++r) {
      const statistics row = of_row(s, x + r * s.length);
      T sum = 0, product = 0;
      for (idx i = 0; i < s.length; ++i) {
        const T normalised = (x[r * s.length + i] - row.mean) * row.scale, g = dy[r * s.length + i];
        if (dweight) dweight[i] += g * normalised;
        if (dbias) dbias[i] += g;
        sum += g * (weight ? weight[i] : T(1));
        product += g * (weight ? weight[i] : T(1)) * normalised;
      }
      if (!dx) continue;
      for (idx i = 0; i < s.length; ++i) {
        const T normalised = (x[r * s.length + i] - row.mean) * row.scale;
        const T g = dy[r * s.length + i] * (weight ? weight[i] : T(1));
        dx[r * s.length + i] = row.scale * (g - (sum + normalised * product) / static_cast<T>(s.length));
      }
    }
  }

 private:
  struct statistics {
    T mean, scale;
  };
  static statistics of_row(const op::layer_norm::size& s, const T* x) noexcept {
    T mean = 0, variance = 0;
    for (idx i = 0; i < s.length; ++i) mean += x[i];
    mean /= static_cast<T>(s.length);
    for (idx i = 0; i < s.length; ++i) variance += (x[i] - mean) * (x[i] - mean);
    variance /= static_cast<T>(s.length);
    return {mean, 1 / std::sqrt(variance + static_cast<T>(s.epsilon))};
  }
};

template <class T>
struct kernel<op::l2_normalize, reference, T> {
  static void forward(const resources<reference, T>&, const op::l2_normalize::size& s, const T* x, T* y) noexcept {
    for (idx r = 0; r < s.rows; ++r) {
      const T norm = norm_of(s, x + r * s.length), divisor = norm < epsilon(s) ? epsilon(s) : norm;
      for (idx i = 0; i < s.length; ++i) y[r * s.length + i] = x[r * s.length + i] / divisor;
    }
  }
  static void backward(const resources<reference, T>&, const op::l2_normalize::size& s, const T* x, const T* dy,
                       T* dx) noexcept {
    for (idx r = 0; r < s.rows; ++r) {
      const T norm = norm_of(s, x + r * s.length);
      const bool constant = norm < epsilon(s);  // the divisor does not depend on x
      const T divisor = constant ? epsilon(s) : norm;
      T product = 0;
      for (idx i = 0; i < s.length; ++i) product += dy[r * s.length + i] * x[r * s.length + i] / divisor;
      for (idx i = 0; i < s.length; ++i) {
        const T along = constant ? T(0) : product * x[r * s.length + i] / divisor;
        dx[r * s.length + i] = (dy[r * s.length + i] - along) / divisor;
      }
    }
  }

 private:
  static T epsilon(const op::l2_normalize::size& s) noexcept { return static_cast<T>(s.epsilon); }
  static T norm_of(const op::l2_normalize::size& s, const T* x) noexcept {
    T sum = 0;
    for (idx i = 0; i < s.length; ++i) sum += x[i] * x[i];
    return std::sqrt(sum);
  }
};

}  // namespace auris
