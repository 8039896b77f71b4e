#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/op/activation.hpp>

namespace auris {

struct cuda;

namespace detail {
/// What relu, sigmoid, tanh and gelu declare alike.
template <class Operation, class T>
struct cuda_activation {
  using R = resources<cuda, T>;
  static void forward(const R& r, const typename Operation::size& s, const T* x, T* y) noexcept;
  static void backward(const R& r, const typename Operation::size& s, const T* x, const T* y, const T* dy,
                       T* dx) noexcept;
};
}  // namespace detail

template <class T>
struct kernel<op::relu, cuda, T> : detail::cuda_activation<op::relu, T> {};
template <class T>
struct kernel<op::sigmoid, cuda, T> : detail::cuda_activation<op::sigmoid, T> {};
template <class T>
struct kernel<op::tanh, cuda, T> : detail::cuda_activation<op::tanh, T> {};
template <class T>
struct kernel<op::gelu, cuda, T> : detail::cuda_activation<op::gelu, T> {};

}  // namespace auris
