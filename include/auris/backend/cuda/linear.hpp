#pragma once
#include <auris/backend/cuda/bf16.hpp>
#include <auris/backend/cuda/column_sum.hpp>
#include <auris/backend/cuda/device.hpp>
#include <auris/backend/cuda/product.hpp>
#include <auris/op/linear.hpp>
#include <concepts>

namespace auris {

template <class T>
struct kernel<op::linear, cuda, T> {
  using R = resources<cuda, T>;

  static constexpr idx forward_workspace(const op::linear::size& s, int) {
    return detail::gpu::product_workspace<T>(s.rows, s.out, s.in);
  }
  static void forward(const R& r, const op::linear::size& s, const T* x, const T* weight, const T* bias, T* y) noexcept;

  static constexpr idx backward_workspace(const op::linear::size& s, int) {
    const idx by_x = detail::gpu::product_workspace<T>(s.rows, s.in, s.out);
    const idx by_weight = detail::gpu::product_workspace<T>(s.out, s.in, s.rows);
    const idx by_bias = detail::gpu::column_blocks{s.rows, s.out}.workspace();
    const idx products = by_x > by_weight ? by_x : by_weight;
    return products > by_bias ? products : by_bias;
  }
  static void backward(const R& r, const op::linear::size& s, const T* x, const T* weight, const T* dy, T* dx,
                       T* dweight, T* dbias) noexcept;
};

template <std::same_as<float> T>
struct kernel<op::linear, detail::cuda_bf16, T> : detail::gpu::bf16_kernel<op::linear, T> {
  using R = resources<detail::cuda_bf16, T>;

  static void forward_prepared(const R& r, const op::linear::size& s, const T* x, const T* prepared, const T* bias,
                               T* y) noexcept;
};

}  // namespace auris
