#pragma once
#include <auris/backend/cuda/bf16.hpp>
#include <auris/backend/cuda/column_sum.hpp>
#include <auris/backend/cuda/device.hpp>
#include <auris/backend/cuda/product.hpp>
#include <auris/backend/cuda/winograd.hpp>
#include <auris/op/conv2d.hpp>
#include <concepts>

namespace auris {

template <class T>
struct kernel<op::conv2d, cuda, T> {
  using R = resources<cuda, T>;

  /// Windows of two places, or of two by two where T is as short as a float.
  static constexpr bool pools(const op::conv2d::size& s) {
    return s.pool.time <= 2 && s.pool.mel <= 2 && s.pool.places() <= 16 / static_cast<idx>(sizeof(T));
  }
  static constexpr idx forward_workspace(const op::conv2d::size& s, int) {
    if (winograd::suits(s)) return winograd::forward(s).workspace();
    return detail::gpu::product_workspace<T>(s.pooled_rows() * s.pool.places(), s.out, s.depth());
  }
  static void forward(const R& r, const op::conv2d::size& s, const T* x, const T* weight, const T* bias, T* y) noexcept;

  static constexpr idx backward_workspace(const op::conv2d::size& s, int) {
    const idx by_x = winograd::suits(s) ? winograd::backward(s).workspace()
                                        : detail::gpu::product_workspace<T>(x_rows(s), s.in, dy_depth(s));
    const idx by_weight = detail::gpu::product_workspace<T>(s.depth(), s.out, s.rows());
    const idx by_bias = detail::gpu::column_blocks{s.rows(), s.out}.workspace();
    const idx products = by_x > by_weight ? by_x : by_weight;
    return products > by_bias ? products : by_bias;
  }
  static void backward(const R& r, const op::conv2d::size& s, const T* x, const T* weight, const T* dy, T* dx,
                       T* dweight, T* dbias) noexcept;

 private:
  using winograd = detail::gpu::winograd_size;
  static constexpr idx x_rows(const op::conv2d::size& s) { return s.items * s.time.extent * s.mel.extent; }
  static constexpr idx dy_depth(const op::conv2d::size& s) { return s.time.kernel * s.mel.kernel * s.out; }
};

template <std::same_as<float> T>
struct kernel<op::conv2d, detail::cuda_bf16, T> : detail::gpu::bf16_kernel<op::conv2d, T> {
  using R = resources<detail::cuda_bf16, T>;

  static void forward_prepared(const R& r, const op::conv2d::size& s, const T* x, const T* prepared, const T* bias,
                               T* y) noexcept;
};

}  // namespace auris
