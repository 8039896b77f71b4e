#pragma once
#include <auris/backend/cuda/linear.hpp>
#include <auris/backend/nvidia/cublas_product.hpp>
#include <auris/op/linear.hpp>

namespace auris {

namespace detail {
template <>
struct kernels_of<matrix_product::cublas> {};
}  // namespace detail

/// op::linear by cuBLAS: bias in the product's epilogue, gradients of weights added by the product. Sums over rows for
/// the gradient of the bias, products without a term, and what cuBLAS has no kernel for, are left to our own kernels:
/// the workspace is theirs.
template <convolution Convolution, recurrence Recurrence, fourier_transform Transform, precision Precision,
          storage Storage>
struct kernel<op::linear, cuda_with<Convolution, matrix_product::cublas, Recurrence, Transform, Precision, Storage>,
              float> {
  using own = kernel<op::linear, cuda, float>;
  using R = resources<cuda_with<Convolution, matrix_product::cublas, Recurrence, Transform, Precision, Storage>, float>;
  using call = detail::cublas::product_call;

  static constexpr idx forward_workspace(const op::linear::size& s, int workers) {
    return own::forward_workspace(s, workers);
  }
  static void forward(const R& r, const op::linear::size& s, const float* x, const float* weight, const float* bias,
                      float* y) noexcept {
    const call product{s.rows, s.out, s.in, false, true, bias ? call::biased : call::plain, Precision};
    if (!detail::cublas::multiply("linear forward", r.queue, product, x, weight, bias, y))
      own::forward(r, s, x, weight, bias, y);
  }

  static constexpr idx backward_workspace(const op::linear::size& s, int workers) {
    return own::backward_workspace(s, workers);
  }
  static void backward(const R& r, const op::linear::size& s, const float* x, const float* weight, const float* dy,
                       float* dx, float* dweight, float* dbias) noexcept {
    const char* const name = "linear backward";
    const call by_x{s.rows, s.in, s.out, false, false, call::plain, Precision};
    if (dx && detail::cublas::multiply(name, r.queue, by_x, dy, weight, nullptr, dx)) dx = nullptr;
    const call by_weight{s.out, s.in, s.rows, true, false, call::added, Precision};
    if (dweight && detail::cublas::multiply(name, r.queue, by_weight, dy, x, nullptr, dweight)) dweight = nullptr;
    own::backward(r, s, x, weight, dy, dx, dweight, dbias);
  }
};

}  // namespace auris
