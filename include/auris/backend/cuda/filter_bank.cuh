#pragma once
#include <auris/backend/cuda/band_sums.cuh>
#include <auris/backend/cuda/filter_bank.hpp>

namespace auris {

namespace detail::gpu {
template <class T>
struct plain_band {
  __device__ T operator()(const T (&sum)[1]) const { return sum[0]; }
};
}  // namespace detail::gpu

template <class T>
void kernel<op::filter_bank, cuda, T>::forward(const resources<cuda, T>& r, const op::filter_bank::size& s, const T* x,
                                               const idx* first, const idx* offset, const T* weight, T* y) noexcept {
  detail::gpu::sum_bands<1>("filter_bank", r.queue, s.frames, s.bins, s.bands, 0, detail::gpu::plain_band<T>{}, x,
                            first, offset, weight, y);
}

}  // namespace auris
