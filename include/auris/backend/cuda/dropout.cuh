#pragma once
#include <auris/backend/cuda/dropout.hpp>
#include <auris/backend/cuda/elementwise.cuh>
#include <cmath>

namespace auris {

namespace detail::gpu {

/// y[i] = 0 where the bits of element first + i are below the threshold, else x[i] * scale.
template <int Width, class T>
__global__ void dropout_kernel(idx count, cuda_random_key key, std::uint64_t start, std::uint64_t first,
                               std::uint64_t threshold, T scale, const T* x, T* y) {
  if (key.step_in_memory) start = random_key::start_behind(*key.step_in_memory, key.stream);
  for_packs<Width>(count, [&](idx i, auto n) {
    constexpr int width = decltype(n)::value;
    auto v = read_pack<width>(x + i);
    AURIS_UNROLL
    for (int k = 0; k < width; ++k) {
      const bool dropped = random_key::bits_behind(start, first + static_cast<std::uint64_t>(i + k)) < threshold;
      v.v[k] = dropped ? T(0) : v.v[k] * scale;
    }
    write_pack(y + i, v);
  });
}

/// bits < threshold says the same as uniform < probability: uniform is the upper 53 bits times 2^-53.
inline std::uint64_t dropout_threshold(double probability) {
  return static_cast<std::uint64_t>(std::ceil(probability * 0x1p53)) << 11;
}

}  // namespace detail::gpu

template <class T>
void kernel<op::dropout, cuda, T>::forward(const resources<cuda, T>& r, const op::dropout::size& s,
                                           const cuda_random_key& key, const T* x, T* y) noexcept {
  namespace gpu = detail::gpu;
  constexpr int wide = gpu::pack_width<T>;
  const idx count = s.items * s.count;
  gpu::launch_packs<T>("dropout", r.queue, count, gpu::aligned_for_packs<wide>(x, y), gpu::dropout_kernel<wide, T>,
                       gpu::dropout_kernel<1, T>, count, key, key.start(),
                       static_cast<std::uint64_t>(key.first_item * s.count), gpu::dropout_threshold(s.probability),
                       static_cast<T>(1 / (1 - s.probability)), x, y);
}

}  // namespace auris
