#pragma once
#include <auris/backend/cpu/column_sum.hpp>
#include <auris/backend/reference/batch_norm.hpp>
#include <auris/op/batch_norm.hpp>

namespace auris {

// Where the values of a channel lie side by side (inner > 1), which no network of ours has, `reference` computes.

template <>
struct kernel<op::scale_shift, cpu, float> {
  static void forward(const resources<cpu, float>& r, const op::scale_shift::size& s, const float* x,
                      const float* scale, const float* shift, float* y) noexcept;
};

template <>
struct kernel<op::batch_norm, cpu, float> {
  using R = resources<cpu, float>;
  using plain_loops = kernel<op::batch_norm, reference, float>;

  static constexpr idx forward_workspace(const op::batch_norm::size& s, int workers) {
    const idx own = 3 * s.channels + sum::workspace(s.outer, 2 * s.channels);
    const idx other = auris::forward_workspace<op::batch_norm, reference, float>(s, workers);
    return own > other ? own : other;
  }
  static void train(const R& r, const op::batch_norm::size& s, const float* x, const float* weight, const float* bias,
                    float* running_mean, float* running_variance, float* saved_mean, float* saved_scale,
                    float* y) noexcept;

  static void forward(const R& r, const op::batch_norm::size& s, const float* x, const float* weight, const float* bias,
                      const float* running_mean, const float* running_variance, float* saved_mean, float* saved_scale,
                      float* y) noexcept;

  static void again(const R& r, const op::batch_norm::size& s, const float* x, const float* weight, const float* bias,
                    const float* saved_mean, const float* saved_scale, float* y) noexcept;

  static constexpr idx backward_workspace(const op::batch_norm::size& s, int workers) {
    const idx own = forward_workspace(s, workers);
    const idx other = auris::backward_workspace<op::batch_norm, reference, float>(s, workers);
    return own > other ? own : other;
  }
  static void backward(const R& r, const op::batch_norm::size& s, bool constant, const float* x, const float* weight,
                       const float* saved_mean, const float* saved_scale, const float* dy, float* dx, float* dweight,
                       float* dbias) noexcept;

 private:
  using sum = detail::column_sum;

  /// Writes what was saved and y = (x - mean) * factor + bias; the workspace's third row is free.
  static void normalise(const R& r, const op::batch_norm::size& s, const float* x, const float* weight,
                        const float* bias, const float* mean, const float* variance, float* saved_mean,
                        float* saved_scale, float* y) noexcept;
  /// y = (x - mean) * factor + bias.
  static void standardise(const R& r, const op::batch_norm::size& s, const float* x, const float* mean,
                          const float* factor, const float* bias, float* y) noexcept;
};

}  // namespace auris
