#pragma once
#include <auris/backend/cuda/axis.cuh>
#include <auris/backend/cuda/softmax.hpp>
#include <cmath>

namespace auris {

namespace detail::gpu {

/// Of the lines of a thread: the largest value, and the sum of exp(x - largest).
template <class Threads, class T>
struct softmax_norm {
  T largest[Threads::lines], sum[Threads::lines] = {};

  __device__ softmax_norm(const Threads& threads, const T* x) {
    for (T& v : largest) v = -static_cast<T>(INFINITY);
    threads.each([&](int k, idx, T v) { largest[k] = larger{}(largest[k], v); }, x);
    threads.reduce(largest, larger{});
    threads.each([&](int k, idx, T v) { sum[k] += std::exp(v - largest[k]); }, x);
    threads.reduce(sum, add{});
  }
};

// forward: y from x; backward: dx from y and dy.
template <class Operation>
struct softmax;

template <>
struct softmax<op::softmax> {
  struct forward {
    template <class Threads, class T>
    __device__ void operator()(const Threads& threads, T* y, const T* x) const {
      const softmax_norm<Threads, T> norm(threads, x);
      threads.write(
          y, [&](int k, idx, T v) { return std::exp(v - norm.largest[k]) / norm.sum[k]; }, x);
    }
  };
  struct backward {
    template <class Threads, class T>
    __device__ void operator()(const Threads& threads, T* dx, const T* y, const T* dy) const {
      T sum[Threads::lines] = {};
      threads.each([&](int k, idx, T value, T gradient) { sum[k] += value * gradient; }, y, dy);
      threads.reduce(sum, add{});
      threads.write(
          dx, [&](int k, idx, T value, T gradient) { return value * (gradient - sum[k]); }, y, dy);
    }
  };
};

template <>
struct softmax<op::log_softmax> {
  struct forward {
    template <class Threads, class T>
    __device__ void operator()(const Threads& threads, T* y, const T* x) const {
      softmax_norm<Threads, T> norm(threads, x);
      for (T& v : norm.sum) v = std::log(v);
      threads.write(
          y, [&](int k, idx, T v) { return v - norm.largest[k] - norm.sum[k]; }, x);
    }
  };
  struct backward {
    template <class Threads, class T>
    __device__ void operator()(const Threads& threads, T* dx, const T* y, const T* dy) const {
      T sum[Threads::lines] = {};
      threads.each([&](int k, idx, T gradient) { sum[k] += gradient; }, dy);
      threads.reduce(sum, add{});
      threads.write(
          dx, [&](int k, idx, T value, T gradient) { return gradient - std::exp(value) * sum[k]; }, y, dy);
    }
  };
};

}  // namespace detail::gpu

template <class Operation, class T>
void detail::cuda_softmax<Operation, T>::forward(const R& r, const typename Operation::size& s, const T* x,
                                                 T* y) noexcept {
  gpu::launch_along_axis("softmax forward", r.queue, {s.outer, s.length, s.inner},
                         typename gpu::softmax<Operation>::forward{}, y, x);
}
template <class Operation, class T>
void detail::cuda_softmax<Operation, T>::backward(const R& r, const typename Operation::size& s, const T* y,
                                                  const T* dy, T* dx) noexcept {
  gpu::launch_along_axis("softmax backward", r.queue, {s.outer, s.length, s.inner},
                         typename gpu::softmax<Operation>::backward{}, dx, y, dy);
}

}  // namespace auris
