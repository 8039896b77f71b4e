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
    rows.each(*r.queue, [&](idx at, idx count, const auto& of, idx) {
      detail::array<T>(y + at, count) = detail::const_array<T>(x + at, count) * of(scale) + of(shift);
    });
  }
};

template <class T>
struct kernel<op::batch_norm, cpu, T> {
  using R = resources<cpu, T>;

  static constexpr idx forward_workspace(const op::batch_norm::size& s, int) {
    return 3 * s.channels + rows(s).sums_workspace();
  }
  static void train(const R& r, const op::batch_norm::size& s, const T* x, const T* weight, const T* bias,
                    T* running_mean, T* running_variance, T* saved_mean, T* saved_scale, T* y) noexcept {
    const idx c = s.channels, n = s.outer * s.inner;
    if (c == 0 || n == 0) return;
    T* const partial = r.workspace + 3 * c;
    array mean(r.workspace, c), variance(r.workspace + c, c);
    mean.setZero();
    rows(s).sums(*r.queue, mean.data(), partial, [&](idx at, idx count, const auto&) { return in(x + at, count); });
    mean /= T(n);
    variance.setZero();
    rows(s).sums(*r.queue, variance.data(), partial, [&, m = mean.data()](idx at, idx count, const auto& of) {
      return (in(x + at, count) - of(m)).square();
    });
    variance /= T(n);
    apply(r, s, x, weight, bias, mean.data(), variance.data(), saved_mean, saved_scale, y);
    if (running_mean) array(running_mean, c) += T(s.momentum) * (mean - in(running_mean, c));
    const T unbiased = n > 1 ? T(n) / T(n - 1) : T(1);
    if (running_variance) array(running_variance, c) += T(s.momentum) * (variance * unbiased - in(running_variance, c));
  }

  static void forward(const R& r, const op::batch_norm::size& s, const T* x, const T* weight, const T* bias,
                      const T* running_mean, const T* running_variance, T* saved_mean, T* saved_scale, T* y) noexcept {
    if (s.channels > 0) apply(r, s, x, weight, bias, running_mean, running_variance, saved_mean, saved_scale, y);
  }

  static constexpr idx backward_workspace(const op::batch_norm::size& s, int workers) {
    return forward_workspace(s, workers);
  }
  static void backward(const R& r, const op::batch_norm::size& s, bool constant, const T* x, const T* weight,
                       const T* saved_mean, const T* saved_scale, const T* dy, T* dx, T* dweight, T* dbias) noexcept {
    const idx c = s.channels, n = s.outer * s.inner;
    if (c == 0 || n == 0) return;
    T* const partial = r.workspace + 3 * c;
    array plain(r.workspace, c), scaled(r.workspace + c, c), factor(r.workspace + 2 * c, c);
    plain.setZero();
    scaled.setZero();
    const bool statistics = dx && !constant;
    if (dbias || statistics)
      rows(s).sums(*r.queue, plain.data(), partial, [&](idx at, idx count, const auto&) { return in(dy + at, count); });
    if (dweight || statistics) {
      rows(s).sums(*r.queue, scaled.data(), partial, [&](idx at, idx count, const auto& of) {
        return in(dy + at, count) * (in(x + at, count) - of(saved_mean));
      });
      scaled *= in(saved_scale, c);
    }
    if (dweight) array(dweight, c) += scaled;
    if (dbias) array(dbias, c) += plain;
    if (!dx) return;
    factor = in(weight, c) * in(saved_scale, c);
    if (constant)
      rows(s).each(*r.queue, [&, f = factor.data()](idx at, idx count, const auto& of, idx) {
        array(dx + at, count) = in(dy + at, count) * of(f);
      });
    else {
      plain /= T(n);
      scaled *= in(saved_scale, c) / T(n);
      rows(s).each(*r.queue, [&, f = factor.data(), a = plain.data(), b = scaled.data()](idx at, idx count,
                                                                                         const auto& of, idx) {
        array(dx + at, count) = (in(dy + at, count) - of(a) - (in(x + at, count) - of(saved_mean)) * of(b)) * of(f);
      });
    }
  }

 private:
  using array = detail::array<T>;
  using in = detail::const_array<T>;

  static constexpr detail::channel_rows<T> rows(const op::batch_norm::size& s) {
    return {s.outer, s.channels, s.inner};
  }

  /// Writes what was saved and y; the workspace's third row is free.
  static void apply(const R& r, const op::batch_norm::size& s, const T* x, const T* weight, const T* bias,
                    const T* mean, const T* variance, T* saved_mean, T* saved_scale, T* y) noexcept {
    const idx c = s.channels;
    array scale(r.workspace + 2 * c, c);
    // Eigen's vectorised square root is an approximation.
    for (idx k = 0; k < c; ++k) scale[k] = 1 / std::sqrt(variance[k] + T(s.epsilon));
    if (saved_mean) array(saved_mean, c) = in(mean, c);
    if (saved_scale) array(saved_scale, c) = scale;
    scale *= in(weight, c);
    rows(s).each(*r.queue, [&, factor = scale.data()](idx at, idx count, const auto& of, idx) {
      array(y + at, count) = (in(x + at, count) - of(mean)) * of(factor) + of(bias);
    });
  }
};

}  // namespace auris
