#include <auris/backend/cpu/gru.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::gru, cpu, float>::prepare(const op::gru::size& s, const op::gru::weights<const float>* w,
                                                       float* to) noexcept {
  weights::pack(calling_thread, s, w, to);
}

AURIS_KERNEL void kernel<op::gru, cpu, float>::forward_prepared(const R& r, const op::gru::size& s, const float* x,
                                                                const float* prepared, float* state,
                                                                float* y) noexcept {
  steps::run(*r.queue, s, x, prepared, state, y, nullptr, r.workspace);
}

AURIS_KERNEL void kernel<op::gru, cpu, float>::forward(const R& r, const op::gru::size& s, const float* x,
                                                       const op::gru::weights<const float>* w, float* state, float* y,
                                                       float* cache) noexcept {
  if (s.items * s.time * s.hidden == 0) return;
  float* const packed = detail::aligned(r.workspace);
  weights::pack(*r.queue, s, w, packed);
  steps::run(*r.queue, s, x, packed, state, y, cache, packed + weights::size(s));
}

AURIS_KERNEL void kernel<op::gru, cpu, float>::backward(const R& r, const op::gru::size& s, const float* x,
                                                        const op::gru::weights<const float>* w, const float* y,
                                                        const float* cache, const float* dy, float* dx,
                                                        const op::gru::weights<float>* gradients) noexcept {
  detail::gru_backward::run(*r.queue, s, x, w, y, cache, dy, dx, gradients, r.workspace);
}

AURIS_KERNEL void kernel<op::gru, cpu_bf16, float>::prepare(const op::gru::size& s,
                                                            const op::gru::weights<const float>* w,
                                                            float* to) noexcept {
  weights::pack(calling_thread, s, w, to);
}

AURIS_KERNEL void kernel<op::gru, cpu_bf16, float>::forward_prepared(const R& r, const op::gru::size& s, const float* x,
                                                                     const float* prepared, float* state,
                                                                     float* y) noexcept {
  steps::run(*r.queue, s, x, prepared, state, y, nullptr, r.workspace);
}

}  // namespace auris
