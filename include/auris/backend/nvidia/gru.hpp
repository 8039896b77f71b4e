#pragma once
#include <auris/backend/cuda/gru.hpp>
#include <auris/backend/nvidia/cudnn_instance.hpp>

namespace auris {

namespace detail {
template <>
struct kernels_of<recurrence::cudnn> {};

namespace cudnn {
/// Queues a GRU, behind what `before` queues: x, y and h as for `recurrence_plan::run`. What fails, `status` tells. False
/// where cuDNN does not take it: nothing is queued then.
template <class Before>
bool recur(const char* operation, cuda_stream stream, const recurrence_call& call, const float* x,
           const op::gru::weights<const float>* w, const float* h, float* y, float* h_end,
           const Before& before) noexcept {
  if (call.items <= 0 || call.time <= 0 || call.in <= 0 || call.hidden <= 0) return false;
  instance* const library = library_of_thread<instance>(operation, stream);
  const cudnnHandle_t handle = library ? library->on(operation, stream) : nullptr;
  if (!handle) return true;
  recurrence_plan* const p = library->plan_of(operation, stream, call);
  if (!p) return true;
  if (!p->found()) return false;
  auto* const space = static_cast<float*>(library->memory().reserve(operation, stream, p->bytes()));
  if (!space) return true;
  if (!p->located()) p->locate(handle, space);
  if (!p->found()) return false;
  before();
  p->pack(stream, w, space);
  instance::failed(operation, p->run(handle, x, h, y, h_end, space));
  return true;
}
}  // namespace cudnn
}  // namespace detail

/// op::gru by cuDNN, for inference. Weights are copied to cuDNN's memory in front of each call, and states by way of the
/// workspace, since cuDNN has directions outside of items. Training is left to our own kernels, forward and backward: what
/// cuDNN keeps for its gradients is not the cache of op::gru, and its size is known at run time only. So are arrays that are
/// not aligned to 16 bytes.
template <convolution Convolution, matrix_product Product, fourier_transform Transform, precision Precision,
          storage Storage>
struct kernel<op::gru, cuda_with<Convolution, Product, recurrence::cudnn, Transform, Precision, Storage>, float> {
  using own = kernel<op::gru, cuda, float>;
  using R = resources<cuda_with<Convolution, Product, recurrence::cudnn, Transform, Precision, Storage>, float>;
  using weights = op::gru::weights<const float>;

  static constexpr idx forward_workspace(const op::gru::size& s, int workers) {
    const idx of_own = own::forward_workspace(s, workers), states = detail::nvidia::slack + 2 * states_of(s);
    return of_own > states ? of_own : states;
  }
  static void forward(const R& r, const op::gru::size& s, const float* x, const weights* w, float* state, float* y,
                      float* cache) noexcept {
    using namespace detail::cudnn;
    const char* const name = "gru forward";
    const idx h = s.hidden, all = s.directions * h;
    float* const start = state ? detail::nvidia::first_aligned(r.workspace) : nullptr;
    float* const end = state ? start + states_of(s) : nullptr;
    const auto copy = [&](idx stride, const float* from, idx to_stride, float* to) {
      kernel<op::copy, cuda, float>::forward(r, {s.items, h, stride, to_stride}, from, to);
    };
    const auto bring_states = [&] {
      for (int d = 0; state && d < s.directions; ++d) copy(all, state + d * h, h, start + d * s.items * h);
    };
    const recurrence_call call{s.items, s.time, s.in, h, s.directions, Precision};
    if (cache || !detail::nvidia::aligned(x, y) || !recur(name, r.queue, call, x, w, start, y, end, bring_states))
      return own::forward(r, s, x, w, state, y, cache);
    for (int d = 0; state && d < s.directions; ++d) copy(h, end + d * s.items * h, all, state + d * h);
  }

  static constexpr idx backward_workspace(const op::gru::size& s, int workers) {
    return own::backward_workspace(s, workers);
  }
  static void backward(const R& r, const op::gru::size& s, const float* x, const weights* w, const float* y,
                       const float* cache, const float* dy, float* dx,
                       const op::gru::weights<float>* gradients) noexcept {
    own::backward(r, s, x, w, y, cache, dy, dx, gradients);
  }

 private:
  static constexpr idx states_of(const op::gru::size& s) {
    return detail::nvidia::whole(s.items * s.directions * s.hidden);
  }
};

}  // namespace auris
