#pragma once
#include <auris/backend/cpu/gru_backward.hpp>
#include <auris/backend/cpu/gru_forward.hpp>

namespace auris {

template <>
struct kernel<op::gru, cpu, float> {
  using R = resources<cpu, float>;

  static constexpr idx prepared(const op::gru::size& s) { return weights::size(s); }
  static void prepare(const op::gru::size& s, const op::gru::weights<const float>* w, float* to) noexcept;
  static constexpr idx prepared_workspace(const op::gru::size& s, int workers) { return steps::workspace(s, workers); }
  static void forward_prepared(const R& r, const op::gru::size& s, const float* x, const float* prepared, float* state,
                               float* y) noexcept;

  static constexpr idx forward_workspace(const op::gru::size& s, int workers) {
    return detail::alignment_slack + weights::size(s) + steps::workspace(s, workers);
  }
  static void forward(const R& r, const op::gru::size& s, const float* x, const op::gru::weights<const float>* w,
                      float* state, float* y, float* cache) noexcept;

  static constexpr idx backward_workspace(const op::gru::size& s, int workers) {
    return detail::gru_backward::workspace(s, workers);
  }
  static void backward(const R& r, const op::gru::size& s, const float* x, const op::gru::weights<const float>* w,
                       const float* y, const float* cache, const float* dy, float* dx,
                       const op::gru::weights<float>* gradients) noexcept;

 private:
  using weights = detail::gru_weights<float>;
  using steps = detail::gru_forward<float>;
};

struct cpu_bf16;

/// Weights of the input and recurrent ones as bf16, biases as they are.
template <>
struct kernel<op::gru, cpu_bf16, float> : kernel<op::gru, cpu, float> {
  using R = resources<cpu_bf16, float>;

  static constexpr idx prepared(const op::gru::size& s) { return weights::size(s); }
  static void prepare(const op::gru::size& s, const op::gru::weights<const float>* w, float* to) noexcept;
  static constexpr idx prepared_workspace(const op::gru::size& s, int workers) { return steps::workspace(s, workers); }
  static void forward_prepared(const R& r, const op::gru::size& s, const float* x, const float* prepared, float* state,
                               float* y) noexcept;

 private:
  using weights = detail::gru_weights<detail::bf16_pair>;
  using steps = detail::gru_forward<detail::bf16_pair>;
};

}  // namespace auris
