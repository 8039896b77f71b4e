#pragma once
#include <auris/backend/cuda/band_sums.cuh>
#include <auris/backend/cuda/constant_q.hpp>
#include <cmath>

namespace auris {

namespace detail::gpu {
template <class T>
struct complex_band {
  bool power;
  __device__ T operator()(const T (&sum)[2]) const {
    const T squared = sum[0] * sum[0] + sum[1] * sum[1];
    return power ? squared : std::sqrt(squared);
  }
};
}  // namespace detail::gpu

template <class T>
void kernel<op::constant_q, cuda, T>::forward(const resources<cuda, T>& r, const op::constant_q::size& s, const T* x,
                                              const idx* first, const idx* offset, const T* weight, T* y) noexcept {
  detail::gpu::sum_bands<2>("constant_q", r.queue, s.frames, s.hop, s.bands, s.weights,
                            detail::gpu::complex_band<T>{s.power}, x, first, offset, weight, y);
}

}  // namespace auris
