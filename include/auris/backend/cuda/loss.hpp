#pragma once
#include <auris/backend/cuda/block_sums.hpp>
#include <auris/backend/cuda/device.hpp>
#include <auris/op/loss.hpp>

namespace auris {

struct cuda;

namespace detail {
/// What the losses declare that are a sum over all values.
template <class Operation, class T>
struct cuda_loss {
  static constexpr idx forward_workspace(const typename Operation::size& s, int) {
    return gpu::block_sums{s.rows * s.classes}.template workspace<T>();
  }
  static void evaluate(const resources<cuda, T>& r, const typename Operation::size& s, const T* prediction,
                       const T* target, const T* mask, const T* class_mask, T scale, T* value, T* gradient) noexcept;
};
}  // namespace detail

template <class T>
struct kernel<op::mean_squared_error, cuda, T> : detail::cuda_loss<op::mean_squared_error, T> {};
template <class T>
struct kernel<op::weighted_soft_label, cuda, T> : detail::cuda_loss<op::weighted_soft_label, T> {};
template <class T>
struct kernel<op::binary_cross_entropy, cuda, T> : detail::cuda_loss<op::binary_cross_entropy, T> {};

template <class T>
struct kernel<op::cross_entropy, cuda, T> {
  /// The sums of the mask, of at most as many blocks as one block adds; behind them those of the rows.
  static constexpr detail::gpu::block_sums mask_sums(const op::cross_entropy::size& s) {
    constexpr idx threads = detail::gpu::block_sums::threads;
    return {s.rows, (s.rows / threads / threads + 1) * threads};
  }
  static constexpr detail::gpu::block_sums row_sums(const op::cross_entropy::size& s) { return {s.rows, 32}; }
  static constexpr idx forward_workspace(const op::cross_entropy::size& s, int) {
    return detail::gpu::block_sums::doubles<T>(mask_sums(s).blocks() + row_sums(s).blocks());
  }
  static void evaluate(const resources<cuda, T>& r, const op::cross_entropy::size& s, const T* prediction,
                       const T* target, const T* mask, const T* class_mask, T scale, T* value, T* gradient) noexcept;
};

}  // namespace auris
