#pragma once
#include <auris/backend/cuda/clamp.hpp>
#include <auris/backend/cuda/elementwise.cuh>

namespace auris {

namespace detail::gpu {

template <class T>
struct clamped {
  T least, most;
  __device__ T operator()(T x) const { return x < least ? least : x > most ? most : x; }
};
template <class T>
struct clamp_slope {
  T least, most;
  __device__ T operator()(T x, T dy) const { return x >= least && x <= most ? dy : T(0); }
};

}  // namespace detail::gpu

template <class T>
void kernel<op::clamp, cuda, T>::forward(const R& r, const op::clamp::size& s, const T* x, T* y) noexcept {
  detail::gpu::map("clamp forward", r.queue, s.count, y,
                   detail::gpu::clamped<T>{static_cast<T>(s.least), static_cast<T>(s.most)}, x);
}
template <class T>
void kernel<op::clamp, cuda, T>::backward(const R& r, const op::clamp::size& s, const T* x, const T* dy,
                                          T* dx) noexcept {
  detail::gpu::map("clamp backward", r.queue, s.count, dx,
                   detail::gpu::clamp_slope<T>{static_cast<T>(s.least), static_cast<T>(s.most)}, x, dy);
}

}  // namespace auris
