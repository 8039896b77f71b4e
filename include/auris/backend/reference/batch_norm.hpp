#pragma once
#include <auris/op/batch_norm.hpp>
#include <cmath>

namespace auris {

template <class T>
struct kernel<op::batch_norm, reference, T> {
  static void train(const resources<reference, T>&, const op::batch_norm::size& s, const T* x, const T* weight,
                    const T* bias, T* running_mean, T* running_variance, T* saved_mean, T* saved_scale, T* y) noexcept {
    const idx count = s.outer * s.inner;
    if (count == 0) return;
    for (idx c = 0; c < s.channels; ++c) {
      T mean = 0, variance = 0;
      for_values(s, c, [&](idx k) { mean += x[k]; });
      mean /= static_cast<T>(count);
      for_values(s, c, [&](idx k) { variance += (x[k] - mean) * (x[k] - mean); });
      const T unbiased = count > 1 ? variance / static_cast<T>(count - 1) : variance;
      variance /= static_cast<T>(count);

      const T scale = 1 / std::sqrt(variance + static_cast<T>(s.epsilon));
      normalise(s, c, x, mean, scale * weight[c], bias[c], y);
      if (saved_mean) saved_mean[c] = mean;
      if (saved_scale) saved_scale[c] = scale;
      if (running_mean) running_mean[c] += static_cast<T>(s.momentum) * (mean - running_mean[c]);
      if (running_variance) running_variance[c] += static_cast<T>(s.momentum) * (unbiased - running_variance[c]);
    }
  }

  static void forward(const resources<reference, T>&, const op::batch_norm::size& s, const T* x, const T* weight,
                      const T* bias, const T* running_mean, const T* running_variance, T* saved_mean, T* saved_scale,
                      T* y) noexcept {
    for (idx c = 0; c < s.channels; ++c) {
      const T mean = running_mean[c], scale = 1 / std::sqrt(running_variance[c] + static_cast<T>(s.epsilon));
      normalise(s, c, x, mean, scale * weight[c], bias[c], y);
      if (saved_mean) saved_mean[c] = mean;
      if (saved_scale) saved_scale[c] = scale;
    }
  }

  static void again(const resources<reference, T>&, const op::batch_norm::size& s, const T* x, const T* weight,
                    const T* bias, const T* saved_mean, const T* saved_scale, T* y) noexcept {
    for (idx c = 0; c < s.channels; ++c) normalise(s, c, x, saved_mean[c], saved_scale[c] * weight[c], bias[c], y);
  }

  static void backward(const resources<reference, T>&, const op::batch_norm::size& s, bool constant, const T* x,
                       const T* weight, const T* saved_mean, const T* saved_scale, const T* dy, T* dx, T* dweight,
                       T* dbias) noexcept {
    for (idx c = 0; c < s.channels; ++c) {
      const T mean = saved_mean[c], scale = saved_scale[c];
      T sum = 0, product = 0;
      for_values(s, c, [&](idx k) {
        sum += dy[k];
        product += dy[k] * (x[k] - mean) * scale;
      });
      if (dweight) dweight[c] += product;
      if (dbias) dbias[c] += sum;
      if (!dx) continue;
      const T count = static_cast<T>(s.outer * s.inner);
      for_values(s, c, [&](idx k) {
        const T normalised = (x[k] - mean) * scale;
        dx[k] = weight[c] * scale * (constant ? dy[k] : dy[k] - (sum + normalised * product) / count);
      });
    }
  }

 private:
  static void normalise(const op::batch_norm::size& s, idx c, const T* x, T mean, T factor, T bias, T* y) noexcept {
    for_values(s, c, [&](idx k) { y[k] = (x[k] - mean) * factor + bias; });
  }
  template <class Visit>
  static void for_values(const op::batch_norm::size& s, idx c, const Visit& visit) noexcept {
    for (idx o = 0; o < s.outer; ++o)
      for (idx i = 0; i < s.inner; ++i) visit((o * s.channels + c) * s.inner + i);
  }
};

template <class T>
struct kernel<op::scale_shift, reference, T> {
  static void forward(const resources<reference, T>&, const op::scale_shift::size& s, const T* x, const T* scale,
                      const T* shift, T* y) noexcept {
    for (idx k = 0; k < s.outer * s.channels * s.inner; ++k) {
      const idx c = k / s.inner % s.channels;
      y[k] = x[k] * scale[c] + shift[c];
    }
  }
};

}  // namespace auris
