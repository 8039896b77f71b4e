#pragma once
#include <auris/backend/cuda/conv2d.hpp>
#include <auris/backend/cuda/merge.hpp>
#include <auris/backend/cuda/transposition.hpp>
#include <auris/backend/nvidia/cudnn_instance.hpp>

namespace auris {

namespace detail {
template <>
struct kernels_of<convolution::cudnn> {};

namespace cudnn {
/// Queues a convolution, behind what `before` queues; what fails, `status` tells. False where cuDNN has no kernel for
/// it: nothing is queued then.
template <class Before>
bool convolve(const char* operation, cuda_stream stream, const convolution_call& call,
              std::initializer_list<bound> tensors, const Before& before) noexcept {
  if (call.size.rows() <= 0 || call.size.depth() <= 0 || call.size.out <= 0) return false;
  instance* const library = library_of_thread<instance>(operation, stream);
  const cudnnHandle_t handle = library ? library->on(operation, stream) : nullptr;
  if (!handle) return true;
  const plan* const p = library->plan_of(operation, stream, call);
  if (!p) return true;
  if (!p->found) return false;
  void* const scratch = library->memory().reserve(operation, stream, p->workspace);
  if (p->workspace > 0 && !scratch) return true;
  before();
  instance::failed(operation, run(handle, *p, tensors, scratch));
  return true;
}
}  // namespace cudnn
}  // namespace detail

/// op::conv2d by cuDNN: bias and ReLU in one kernel with the convolution. The weight is transposed to cuDNN's order in
/// the workspace in front of each call, and its gradient back. Sums for the gradient of the bias, arrays that are not
/// aligned to 16 bytes, convolutions without a term, and those that cuDNN has no kernel for, are left to our own
/// kernels.
template <matrix_product Product, recurrence Recurrence, fourier_transform Transform, precision Precision,
          storage Storage>
struct kernel<op::conv2d, cuda_with<convolution::cudnn, Product, Recurrence, Transform, Precision, Storage>, float> {
  using own = kernel<op::conv2d, cuda, float>;
  using R = resources<cuda_with<convolution::cudnn, Product, Recurrence, Transform, Precision, Storage>, float>;
  using call = detail::cudnn::convolution_call;

  static constexpr idx forward_workspace(const op::conv2d::size& s, int workers) {
    const idx of_own = own::forward_workspace(s, workers), packed = detail::nvidia::slack + weights(s) + s.out;
    return of_own > packed ? of_own : packed;
  }
  static void forward(const R& r, const op::conv2d::size& s, const float* x, const float* weight, const float* bias,
                      float* y) noexcept {
    using namespace detail::cudnn;
    const char* const name = "conv2d forward";
    float *const packed = detail::nvidia::first_aligned(r.workspace), *const moved = packed + weights(s);
    const bool shifts = bias || s.rectify;  // there is no kernel for a ReLU without a bias
    const float* const shift = shifts && (!bias || !detail::nvidia::aligned(bias)) ? moved : bias;
    const auto pack = [&] {
      transposition::write(name, r.queue, s.depth(), s.out, weight, packed);
      if (shift == bias) return;
      if (bias)
        kernel<op::copy, cuda, float>::forward(r, {1, s.out, s.out, s.out}, bias, moved);
      else
        cuda_memory::clear(r.queue, s.out, moved);
    };
    if (!detail::nvidia::aligned(x, y) ||
        !convolve(name, r.queue, {s, call::forward, shifts, Precision},
                  {{of_x, x}, {of_weight, packed}, {of_y, y}, {of_bias, shift}}, pack))
      own::forward(r, s, x, weight, bias, y);
  }

  static constexpr idx backward_workspace(const op::conv2d::size& s, int workers) {
    const idx of_own = own::backward_workspace(s, workers), packed = detail::nvidia::slack + weights(s);
    return of_own > packed ? of_own : packed;
  }
  static void backward(const R& r, const op::conv2d::size& s, const float* x, const float* weight, const float* dy,
                       float* dx, float* dweight, float* dbias) noexcept {
    using namespace detail::cudnn;
    const char* const name = "conv2d backward";
    op::conv2d::size plain = s;
    plain.rectify = false;
    float* const packed = detail::nvidia::first_aligned(r.workspace);
    const auto pack = [&] { transposition::write(name, r.queue, s.depth(), s.out, weight, packed); };
    if (dx && detail::nvidia::aligned(dx, dy) &&
        convolve(name, r.queue, {plain, call::by_input, false, Precision},
                 {{of_x, dx}, {of_weight, packed}, {of_y, dy}}, pack))
      dx = nullptr;
    if (dweight && detail::nvidia::aligned(x, dy) &&
        convolve(name, r.queue, {plain, call::by_weight, false, Precision},
                 {{of_x, x}, {of_weight, packed}, {of_y, dy}}, [] {})) {
      transposition::add(name, r.queue, s.out, s.depth(), packed, dweight);
      dweight = nullptr;
    }
    own::backward(r, s, x, weight, dy, dx, dweight, dbias);
  }

 private:
  using transposition = detail::gpu::transposition<float>;
  static constexpr idx weights(const op::conv2d::size& s) { return detail::nvidia::whole(s.depth() * s.out); }
};

}  // namespace auris
