#pragma once
#include <auris/backend/cpu/channel_rows.hpp>
#include <auris/op/batch_norm.hpp>
#include <cmath>

namespace auris {

template <class T>
struct kernel<op::scale_shift, cpu, T> {
  static void forward(const resources<cpu, T>& r, const op::scale_shift::size& s, const T* x, const T* scale,
                      const T* shift, T* y) noexcept {
    const detail::channel_rows<T> rows{s.outer, s.channels, s.inner};
    rows.transform(*r.queue, y, [&](const auto& at, const auto& of) { return at(x) * of(scale) + of(shift); });
  }
};

template <class T>
struct kernel<op::batch_norm, cpu, T> {
  using R = resources<cpu, T>;

  static constexpr idx forward_workspace(const op::batch_norm::size& s, int) {
    return 3 * s.channels + rows(s).sums_workspace();
  }
  [[gnu::noinline]] static void train(const R& r, const op::batch_norm::size& s, const T* x, const T* weight,
                                      const T* bias, T* running_mean, T* running_variance, T* saved_mean,
                                      T* saved_scale, T* y) noexcept {
    const idx c = s.channels, n = s.outer * s.inner;
    if (c == 0 || n == 0) return;
    T* const mean = r.workspace;
    T* const variance = mean + c;
    T* const partial = r.workspace + 3 * c;
    for (idx k = 0; k < 2 * c; ++k) mean[k] = 0;
    rows(s).sums(*r.queue, x, nullptr, nullptr, mean, partial);
    for (idx k = 0; k < c; ++k) mean[k] /= T(n);
    rows(s).sums(*r.queue, nullptr, x, mean, mean, partial);
    for (idx k = 0; k < c; ++k) variance[k] /= T(n);
    apply(r, s, x, weight, bias, mean, variance, saved_mean, saved_scale, y);
    const T momentum = T(s.momentum), unbiased = n > 1 ? T(n) / T(n - 1) : T(1);
    for (idx k = 0; running_mean && k < c; ++k) running_mean[k] += momentum * (mean[k] - running_mean[k]);
    for (idx k = 0; running_variance && k < c; ++k)
      running_variance[k] += momentum * (variance[k] * unbiased - running_variance[k]);
  }

  [[gnu::noinline]] static void forward(const R& r, const op::batch_norm::size& s, const T* x, const T* weight,
                                        const T* bias, const T* running_mean, const T* running_variance, T* saved_mean,
                                        T* saved_scale, T* y) noexcept {
    if (s.channels > 0) apply(r, s, x, weight, bias, running_mean, running_variance, saved_mean, saved_scale, y);
  }

  static constexpr idx backward_workspace(const op::batch_norm::size& s, int workers) {
    return forward_workspace(s, workers);
  }
  [[gnu::noinline]] static void backward(const R& r, const op::batch_norm::size& s, bool constant, const T* x,
                                         const T* weight, const T* saved_mean, const T* saved_scale, const T* dy, T* dx,
                                         T* dweight, T* dbias) noexcept {
    const idx c = s.channels, n = s.outer * s.inner;
    if (c == 0 || n == 0) return;
    T* const plain = r.workspace;
    T* const scaled = plain + c;
    T* const factor = scaled + c;
    for (idx k = 0; k < 2 * c; ++k) plain[k] = 0;
    if (dweight || dbias || (dx && !constant)) rows(s).sums(*r.queue, dy, x, saved_mean, plain, factor + c);
    for (idx k = 0; k < c; ++k) {
      scaled[k] *= saved_scale[k];
      if (dweight) dweight[k] += scaled[k];
      if (dbias) dbias[k] += plain[k];
    }
    if (!dx) return;
    for (idx k = 0; k < c; ++k) {
      factor[k] = weight[k] * saved_scale[k];
      plain[k] = constant ? 0 : plain[k] / T(n);
      scaled[k] *= saved_scale[k] / T(n);
    }
    if (constant)
      affine(r, s, dy, plain, factor, plain, dx);
    else
      rows(s).transform(*r.queue, dx, [&](const auto& at, const auto& of) {
        return (at(dy) - of(plain) - (at(x) - of(saved_mean)) * of(scaled)) * of(factor);
      });
  }

 private:
  static constexpr detail::channel_rows<T> rows(const op::batch_norm::size& s) {
    return {s.outer, s.channels, s.inner};
  }

  /// y = (x - mean) * factor + shift.
  [[gnu::noinline]] static void affine(const R& r, const op::batch_norm::size& s, const T* x, const T* mean,
                                       const T* factor, const T* shift, T* y) noexcept {
    rows(s).transform(*r.queue, y,
                      [&](const auto& at, const auto& of) { return (at(x) - of(mean)) * of(factor) + of(shift); });
  }
  /// Writes what was saved and y; the workspace's third row is free.
  static void apply(const R& r, const op::batch_norm::size& s, const T* x, const T* weight, const T* bias,
                    const T* mean, const T* variance, T* saved_mean, T* saved_scale, T* y) noexcept {
    const idx c = s.channels;
    T* const factor = r.workspace + 2 * c;
    for (idx k = 0; k < c; ++k) {
      const T scale = 1 / std::sqrt(variance[k] + T(s.epsilon));
      factor[k] = scale * weight[k];
      if (saved_mean) saved_mean[k] = mean[k];
      if (saved_scale) saved_scale[k] = scale;
    }
    affine(r, s, x, mean, factor, bias, y);
  }
};

}  // namespace auris
