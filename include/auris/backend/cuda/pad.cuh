#pragma once
#include <auris/backend/cuda/divisor.cuh>
#include <auris/backend/cuda/elementwise.cuh>
#include <auris/backend/cuda/pad.hpp>

namespace auris {

namespace detail::gpu {
/// One thread for each sample of y; the sound's samples are e[0..last].
template <class T>
__global__ void pad_kernel(idx total, divisor padded, idx count, idx before, idx last, bool reflect, T pre_emphasis,
                           const T* __restrict__ x, T* __restrict__ y) {
  for_packs<1>(total, [&](idx k, auto) {
    const idx item = k / padded;
    idx n = k - item * padded.value() - before;
    if (reflect) n = n < 0 ? -n : n > last ? 2 * last - n : n;
    T v = 0;
    if (n >= 0 && n <= last) {
      const T* at = x + item * count + n;
      v = pre_emphasis != T(0) ? at[1] - pre_emphasis * at[0] : at[0];
    }
    y[k] = v;
  });
}
}  // namespace detail::gpu

template <class T>
void kernel<op::pad, cuda, T>::forward(const resources<cuda, T>& r, const op::pad::size& s, const T* x, T* y) noexcept {
  namespace gpu = detail::gpu;
  const idx total = s.items * s.padded();
  if (total <= 0) return;
  gpu::launch({"pad", gpu::blocks_for(total, gpu::element_threads), gpu::element_threads, r.queue}, gpu::pad_kernel<T>,
              total, gpu::divisor(s.padded()), s.count, s.before, s.length() - 1, s.reflect,
              static_cast<T>(s.pre_emphasis), x, y);
}

}  // namespace auris
