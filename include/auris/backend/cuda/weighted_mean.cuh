#pragma once
#include <auris/backend/cuda/axis.cuh>
#include <auris/backend/cuda/weighted_mean.hpp>

namespace auris {

namespace detail::gpu {

/// Of the lines of a thread: weighted means, and 1 / sum of weights; 0 where that is 0.
template <class Threads, class T>
struct weighted_lines {
  T mean[Threads::lines], share[Threads::lines];

  __device__ weighted_lines(const Threads& threads, const T* x, const T* weight) {
    several<T, 2> sum[Threads::lines] = {};
    threads.each([&](int k, idx, T v, T w) { sum[k] = sum[k] + several<T, 2>{{w * v, w}}; }, x, weight);
    threads.reduce(sum, add{});
    AURIS_UNROLL
    for (int k = 0; k < Threads::lines; ++k) {
      const T all = sum[k].v[1];
      mean[k] = all == T(0) ? T(0) : sum[k].v[0] / all;
      share[k] = all == T(0) ? T(0) : T(1) / all;
    }
  }
  /// share becomes the gradient of sum weight x.
  __device__ void multiply(const Threads& threads, const T* dy) {
    AURIS_UNROLL
    for (int k = 0; k < Threads::lines; ++k)
      if (threads.has(k)) share[k] *= dy[threads.line(k)];
  }
};

struct weighted_mean_forward {
  template <class Threads, class T>
  __device__ void operator()(const Threads& threads, T* y, const T* x, const T* weight) const {
    const weighted_lines<Threads, T> of(threads, x, weight);
    threads.give(y, of.mean);
  }
};
struct gradient_of_values {
  template <class Threads, class T>
  __device__ void operator()(const Threads& threads, T* dx, const T* x, const T* weight, const T* dy) const {
    weighted_lines<Threads, T> of(threads, x, weight);
    of.multiply(threads, dy);
    threads.write(
        dx, [&](int k, idx, T w) { return of.share[k] * w; }, weight);
  }
};
struct gradient_of_weights {
  template <class Threads, class T>
  __device__ void operator()(const Threads& threads, T* dweight, const T* x, const T* weight, const T* dy) const {
    weighted_lines<Threads, T> of(threads, x, weight);
    of.multiply(threads, dy);
    threads.write(
        dweight, [&](int k, idx, T v) { return of.share[k] * (v - of.mean[k]); }, x);
  }
};

}  // namespace detail::gpu

template <class T>
void kernel<op::weighted_mean, cuda, T>::forward(const R& r, const op::weighted_mean::size& s, const T* x,
                                                 const T* weight, T* y) noexcept {
  detail::gpu::launch_along_axis("weighted_mean forward", r.queue, {s.outer, s.length, s.inner},
                                 detail::gpu::weighted_mean_forward{}, y, x, weight);
}

template <class T>
void kernel<op::weighted_mean, cuda, T>::backward(const R& r, const op::weighted_mean::size& s, const T* x,
                                                  const T* weight, const T* dy, T* dx, T* dweight) noexcept {
  constexpr const char* operation = "weighted_mean backward";
  const detail::gpu::axis_size size{s.outer, s.length, s.inner};
  if (dx)
    detail::gpu::launch_along_axis(operation, r.queue, size, detail::gpu::gradient_of_values{}, dx, x, weight, dy);
  if (dweight)
    detail::gpu::launch_along_axis(operation, r.queue, size, detail::gpu::gradient_of_weights{}, dweight, x, weight,
                                   dy);
}

}  // namespace auris
