#pragma once
#include <auris/backend/cuda/axis.cuh>
#include <auris/backend/cuda/reduce.hpp>
#include <cmath>

namespace auris {

namespace detail::gpu {

template <class T>
struct mean_forward {
  T length;
  template <class Threads>
  __device__ void operator()(const Threads& threads, T* y, const T* x) const {
    T mean[Threads::lines] = {};
    threads.each([&](int k, idx, T v) { mean[k] += v; }, x);
    threads.reduce(mean, add{});
    for (T& v : mean) v /= length;
    threads.give(y, mean);
  }
};
template <class T>
struct mean_backward {
  T length;
  template <class Threads>
  __device__ void operator()(const Threads& threads, T* dx, const T* dy) const {
    T share[Threads::lines] = {};
    AURIS_UNROLL
    for (int k = 0; k < Threads::lines; ++k)
      if (threads.has(k)) share[k] = dy[threads.line(k)] / length;
    threads.write(dx, [&](int k, idx) { return share[k]; });
  }
};

/// A value and its place on a line.
template <class T>
struct placed {
  T value;
  idx place;
};
template <class T>
__device__ placed<T> from_lane_across(const placed<T>& v, int lanes) {
  return {from_lane_across(v.value, lanes), from_lane_across(v.place, lanes)};
}
/// The larger one; NaN is larger than all; among equal ones the first.
struct first_largest {
  template <class T>
  __device__ placed<T> operator()(const placed<T>& a, const placed<T>& b) const {
    const bool a_nan = a.value != a.value, b_nan = b.value != b.value;
    const bool equal = a_nan ? b_nan : a.value == b.value;
    const bool b_wins = equal ? b.place < a.place : b_nan || a.value < b.value;
    return b_wins ? b : a;
  }
};
template <class Threads, class T>
__device__ void find_largest(const Threads& threads, const T* x, idx length, placed<T> (&largest)[Threads::lines]) {
  for (placed<T>& v : largest) v = {-static_cast<T>(INFINITY), length};
  threads.each([&](int k, idx l, T v) { largest[k] = first_largest{}(largest[k], {v, l}); }, x);
  threads.reduce(largest, first_largest{});
}

struct max_forward {
  idx length;
  template <class Threads, class T>
  __device__ void operator()(const Threads& threads, T* y, const T* x) const {
    placed<T> largest[Threads::lines];
    find_largest(threads, x, length, largest);
    T value[Threads::lines];
    AURIS_UNROLL
    for (int k = 0; k < Threads::lines; ++k) value[k] = largest[k].value;
    threads.give(y, value);
  }
};
struct max_backward {
  idx length;
  template <class Threads, class T>
  __device__ void operator()(const Threads& threads, T* dx, const T* x, const T* dy) const {
    placed<T> largest[Threads::lines];
    find_largest(threads, x, length, largest);
    T gradient[Threads::lines] = {};
    AURIS_UNROLL
    for (int k = 0; k < Threads::lines; ++k)
      if (threads.has(k)) gradient[k] = dy[threads.line(k)];
    threads.write(dx, [&](int k, idx l) { return l == largest[k].place ? gradient[k] : T(0); });
  }
};

}  // namespace detail::gpu

template <class T>
void kernel<op::mean_axis, cuda, T>::forward(const R& r, const op::mean_axis::size& s, const T* x, T* y) noexcept {
  detail::gpu::launch_along_axis("mean_axis forward", r.queue, {s.outer, s.length, s.inner},
                                 detail::gpu::mean_forward<T>{static_cast<T>(s.length)}, y, x);
}
template <class T>
void kernel<op::mean_axis, cuda, T>::backward(const R& r, const op::mean_axis::size& s, const T* dy, T* dx) noexcept {
  detail::gpu::launch_along_axis("mean_axis backward", r.queue, {s.outer, s.length, s.inner},
                                 detail::gpu::mean_backward<T>{static_cast<T>(s.length)}, dx, dy);
}

template <class T>
void kernel<op::max_axis, cuda, T>::forward(const R& r, const op::max_axis::size& s, const T* x, T* y) noexcept {
  detail::gpu::launch_along_axis("max_axis forward", r.queue, {s.outer, s.length, s.inner},
                                 detail::gpu::max_forward{s.length}, y, x);
}
template <class T>
void kernel<op::max_axis, cuda, T>::backward(const R& r, const op::max_axis::size& s, const T* x, const T* dy,
                                             T* dx) noexcept {
  detail::gpu::launch_along_axis("max_axis backward", r.queue, {s.outer, s.length, s.inner},
                                 detail::gpu::max_backward{s.length}, dx, x, dy);
}

}  // namespace auris
