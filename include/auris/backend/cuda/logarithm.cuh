#pragma once
#include <auris/backend/cuda/elementwise.cuh>
#include <auris/backend/cuda/logarithm.hpp>
#include <cmath>

namespace auris {

namespace detail::gpu {
template <class T>
struct logarithm_value {
  T floor, low, offset, scale;
  __device__ T operator()(T x) const { return scale * std::log((x <= floor ? low : x) + offset); }
};
}  // namespace detail::gpu

template <class T>
void kernel<op::logarithm, cuda, T>::forward(const resources<cuda, T>& r, const op::logarithm::size& s, const T* x,
                                             T* y) noexcept {
  const detail::gpu::logarithm_value<T> f{static_cast<T>(s.floor), static_cast<T>(s.low), static_cast<T>(s.offset),
                                          static_cast<T>(s.scale)};
  detail::gpu::map("logarithm", r.queue, s.count, y, f, x);
}

}  // namespace auris
