#pragma once
#include <auris/backend/cuda/column_sum.hpp>
#include <auris/backend/cuda/device.hpp>
#include <auris/backend/cuda/product.hpp>
#include <auris/op/attention_pool.hpp>

namespace auris {

struct cuda;

/// A block of threads keeps eight columns in shared memory: length is at most 2000, 1000 in double.
template <class T>
struct kernel<op::attention_pool, cuda, T> {
  using R = resources<cuda, T>;
  using size = op::attention_pool::size;
  template <class U>
  using weights = op::attention_pool::weights<U>;

  static void forward(const R& r, const size& s, const T* x, const weights<const T>& w, T* y, T* a) noexcept;

  static constexpr idx backward_workspace(const size& s, int) {
    const idx by_weight = detail::gpu::product_workspace<T>(s.length, s.length, s.columns());
    const idx by_bias = detail::gpu::column_blocks{s.columns(), s.length}.workspace();
    return 3 * s.columns() * s.length + (by_weight > by_bias ? by_weight : by_bias);
  }
  static void backward(const R& r, const size& s, const T* x, const weights<const T>& w, const T* dy, const T* da,
                       T* dx, const weights<T>* gradients) noexcept;
};

}  // namespace auris
