#pragma once
#include <auris/backend/cuda/column_sum.hpp>
#include <auris/backend/cuda/device.hpp>
#include <auris/op/layer_norm.hpp>

namespace auris {

struct cuda;

template <class T>
struct kernel<op::layer_norm, cuda, T> {
  using R = resources<cuda, T>;

  static void forward(const R& r, const op::layer_norm::size& s, const T* x, const T* weight, const T* bias,
                      T* y) noexcept;

  // Mean and scale of each row, and two sums of each block of rows.
  static constexpr idx backward_workspace(const op::layer_norm::size& s, int) {
    return 2 * s.rows + detail::gpu::column_blocks{s.rows, s.length}.workspace(2);
  }
  static void backward(const R& r, const op::layer_norm::size& s, const T* x, const T* weight, const T* dy, T* dx,
                       T* dweight, T* dbias) noexcept;
};

template <class T>
struct kernel<op::l2_normalize, cuda, T> {
  using R = resources<cuda, T>;
  static void forward(const R& r, const op::l2_normalize::size& s, const T* x, T* y) noexcept;
  static void backward(const R& r, const op::l2_normalize::size& s, const T* x, const T* dy, T* dx) noexcept;
};

}  // namespace auris
