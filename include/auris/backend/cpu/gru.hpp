#pragma once
#include <auris/backend/cpu/gru_backward.hpp>
#include <auris/backend/cpu/gru_forward.hpp>

namespace auris {

template <>
struct kernel<op::gru, cpu, float> {
  using R = resources<cpu, float>;

  static constexpr idx prepared(const op::gru::size& s) { return weights::size(s); }
  static void prepare(const op::gru::size& s, const op::gru::weights<const float>* w, float* to) noexcept {
    weights::pack(calling_thread, s, w, to);
  }
  static constexpr idx prepared_workspace(const op::gru::size& s, int workers) { return steps::workspace(s, workers); }
  static void forward_prepared(const R& r, const op::gru::size& s, const float* x, const float* prepared, float* state,
                               float* y) noexcept {
    steps::run(*r.queue, s, x, prepared, state, y, nullptr, r.workspace);
  }

  static constexpr idx forward_workspace(const op::gru::size& s, int workers) {
    return detail::alignment_slack + weights::size(s) + steps::workspace(s, workers);
  }
  static void forward(const R& r, const op::gru::size& s, const float* x, const op::gru::weights<const float>* w,
                      float* state, float* y, float* cache) noexcept {
    if (s.items * s.time * s.hidden == 0) return;
    float* const packed = detail::aligned(r.workspace);
    weights::pack(*r.queue, s, w, packed);
    steps::run(*r.queue, s, x, packed, state, y, cache, packed + weights::size(s));
  }

  static constexpr idx backward_workspace(const op::gru::size& s, int workers) {
    return detail::gru_backward::workspace(s, workers);
  }
  static void backward(const R& r, const op::gru::size& s, const float* x, const op::gru::weights<const float>* w,
                       const float* y, const float* cache, const float* dy, float* dx,
                       const op::gru::weights<float>* gradients) noexcept {
    detail::gru_backward::run(*r.queue, s, x, w, y, cache, dy, dx, gradients, r.workspace);
  }

 private:
  using weights = detail::gru_weights;
  using steps = detail::gru_forward;
};

}  // namespace auris
