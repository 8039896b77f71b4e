#pragma once
#include <auris/backend/cuda/column_sum.hpp>
#include <auris/backend/cuda/device.hpp>
#include <auris/op/batch_norm.hpp>

namespace auris {

struct cuda;

template <class T>
struct kernel<op::scale_shift, cuda, T> {
  static void forward(const resources<cuda, T>& r, const op::scale_shift::size& s, const T* x, const T* scale,
                      const T* shift, T* y) noexcept;
};

template <class T>
struct kernel<op::batch_norm, cuda, T> {
  using R = resources<cuda, T>;

  // Mean and variance of the batch, and those of each block of rows.
  static constexpr idx forward_workspace(const op::batch_norm::size& s, int) {
    return 2 * s.channels + detail::gpu::column_blocks{s.outer * s.inner, s.channels, s.inner == 1}.workspace(2);
  }
  static void train(const R& r, const op::batch_norm::size& s, const T* x, const T* weight, const T* bias,
                    T* running_mean, T* running_variance, T* saved_mean, T* saved_scale, T* y) noexcept;
  static void forward(const R& r, const op::batch_norm::size& s, const T* x, const T* weight, const T* bias,
                      const T* running_mean, const T* running_variance, T* saved_mean, T* saved_scale, T* y) noexcept;

  static void again(const R& r, const op::batch_norm::size& s, const T* x, const T* weight, const T* bias,
                    const T* saved_mean, const T* saved_scale, T* y) noexcept;

  // Two sums, and those of each block of rows.
  static constexpr idx backward_workspace(const op::batch_norm::size& s, int workers) {
    return forward_workspace(s, workers);
  }
  static void backward(const R& r, const op::batch_norm::size& s, bool constant, const T* x, const T* weight,
                       const T* saved_mean, const T* saved_scale, const T* dy, T* dx, T* dweight, T* dbias) noexcept;
};

}  // namespace auris
