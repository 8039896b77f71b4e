#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/op/softmax.hpp>

namespace auris {

struct cuda;

namespace detail {
/// What softmax and log_softmax declare alike.
template <class Operation, class T>
struct cuda_softmax {
  using R = resources<cuda, T>;
  static void forward(const R& r, const typename Operation::size& s, const T* x, T* y) noexcept;
  static void backward(const R& r, const typename Operation::size& s, const T* y, const T* dy, T* dx) noexcept;
};
}  // namespace detail

template <class T>
struct kernel<op::softmax, cuda, T> : detail::cuda_softmax<op::softmax, T> {};
template <class T>
struct kernel<op::log_softmax, cuda, T> : detail::cuda_softmax<op::log_softmax, T> {};

}  // namespace auris
