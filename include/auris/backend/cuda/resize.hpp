#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/op/resize.hpp>

namespace auris {

struct cuda;

namespace detail {
/// What repeat, adaptive_avg_pool and interpolate declare alike.
template <class Operation, class T>
struct cuda_resize {
  using R = resources<cuda, T>;
  static void forward(const R& r, const typename Operation::size& s, const T* x, T* y) noexcept;
  static void backward(const R& r, const typename Operation::size& s, const T* dy, T* dx) noexcept;
};
}  // namespace detail

template <class T>
struct kernel<op::repeat, cuda, T> : detail::cuda_resize<op::repeat, T> {};
template <class T>
struct kernel<op::adaptive_avg_pool, cuda, T> : detail::cuda_resize<op::adaptive_avg_pool, T> {};
template <class T>
struct kernel<op::interpolate, cuda, T> : detail::cuda_resize<op::interpolate, T> {};

}  // namespace auris
