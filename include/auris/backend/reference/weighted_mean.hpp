#pragma once
#include <auris/op/weighted_mean.hpp>

namespace auris {

template <class T>
struct kernel<op::weighted_mean, reference, T> {
  using R = resources<reference, T>;

  static void forward(const R&, const op::weighted_mean::size& s, const T* x, const T* weight, T* y) noexcept {
    for (idx o = 0; o < s.outer; ++o)
      for (idx i = 0; i < s.inner; ++i) y[o * s.inner + i] = sums_of(s, x, weight, o, i).mean();
  }
  static void backward(const R&, const op::weighted_mean::size& s, const T* x, const T* weight, const T* dy, T* dx,
                       T* dweight) noexcept {
    for (idx o = 0; o < s.outer; ++o)
      for (idx i = 0; i < s.inner; ++i) {
        const sums all = sums_of(s, x, weight, o, i);
        const T share = all.weights == 0 ? T(0) : dy[o * s.inner + i] / all.weights, mean = all.mean();
        for (idx l = 0; l < s.length; ++l) {
          const idx k = (o * s.length + l) * s.inner + i;
          if (dx) dx[k] = share * weight[k];
          if (dweight) dweight[k] = share * (x[k] - mean);
        }
      }
  }

 private:
  struct sums {
    T values, weights;
    T mean() const { return weights == 0 ? T(0) : values / weights; }
  };
  static sums sums_of(const op::weighted_mean::size& s, const T* x, const T* weight, idx o, idx i) noexcept {
    sums all{};
    for (idx l = 0; l < s.length; ++l) {
      const idx k = (o * s.length + l) * s.inner + i;
      all.values += weight[k] * x[k];
      all.weights += weight[k];
    }
    return all;
  }
};

}  // namespace auris
