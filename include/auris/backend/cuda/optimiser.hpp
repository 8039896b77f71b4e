#pragma once
#include <auris/backend/cuda/block_sums.hpp>
#include <auris/backend/cuda/device.hpp>
#include <auris/op/optimiser.hpp>

namespace auris {

struct cuda;

namespace detail {
template <class T>
struct adam_constants {
  T rate, beta1, rest1, beta2, rest2, correction1, correction2, epsilon, kept, decay;
};
template <class T>
struct sgd_constants {
  T rate, momentum, decay;
  bool first, nesterov;
};
}  // namespace detail

template <class T>
struct kernel<op::adam, cuda, T> {
  using constants = detail::adam_constants<T>;
  static constants constants_of(const op::adam::size& s) noexcept;
  static void step(const resources<cuda, T>& r, const op::adam::size& s, const T* g, T* m, T* v, T* w,
                   const constants* in_memory = nullptr) noexcept;
};

template <class T>
struct kernel<op::sgd, cuda, T> {
  using constants = detail::sgd_constants<T>;
  static constants constants_of(const op::sgd::size& s) noexcept;
  static void step(const resources<cuda, T>& r, const op::sgd::size& s, const T* g, T* m, T* w,
                   const constants* in_memory = nullptr) noexcept;
};

template <class T>
struct kernel<op::squared_norm, cuda, T> {
  static constexpr idx forward_workspace(const op::squared_norm::size& s, int) {
    return detail::gpu::block_sums{s.count}.template workspace<T>();
  }
  static void forward(const resources<cuda, T>& r, const op::squared_norm::size& s, const T* x, T* value) noexcept;
};

template <class T>
struct kernel<op::clip, cuda, T> {
  static void forward(const resources<cuda, T>& r, const op::clip::size& s, const T* squares, T* x) noexcept;
};

}  // namespace auris
