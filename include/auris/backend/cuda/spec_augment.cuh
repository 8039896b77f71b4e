#pragma once
#include <auris/backend/cuda/divisor.cuh>
#include <auris/backend/cuda/elementwise.cuh>
#include <auris/backend/cuda/spec_augment.hpp>

namespace auris {

namespace detail::gpu {

/// A thread for each value, which finds the stripes of its item anew: that costs less than to keep them.
template <class T>
__global__ void spec_augment_kernel(idx count, divisor item, divisor row, divisor channels, idx time, idx mel,
                                    op::spec_augment::stripes in_time, op::spec_augment::stripes in_mel,
                                    cuda_random_key key, std::uint64_t start, const T* x, T* y) {
  if (key.step_in_memory) start = random_key::start_behind(*key.step_in_memory, key.stream);
  for_packs<1>(count, [&](idx k, auto) {
    const idx n = k / item, in_item = k - n * item.value(), t = in_item / row,
              m = (in_item - t * row.value()) / channels;
    auto element = static_cast<std::uint64_t>(2 * (key.first_item + n) * (in_time.count + in_mel.count));
    bool masked = false;
    for (idx j = 0; j < in_time.count; ++j, element += 2)
      masked = masked || op::spec_augment::stripe_of(start, element, time, in_time.widest).holds(t);
    for (idx j = 0; j < in_mel.count; ++j, element += 2)
      masked = masked || op::spec_augment::stripe_of(start, element, mel, in_mel.widest).holds(m);
    y[k] = masked ? T(0) : x[k];
  });
}

}  // namespace detail::gpu

template <class T>
void kernel<op::spec_augment, cuda, T>::forward(const resources<cuda, T>& r, const op::spec_augment::size& s,
                                                const cuda_random_key& key, const T* x, T* y) noexcept {
  namespace gpu = detail::gpu;
  const idx row = s.mel * s.channels, item = s.time * row, count = s.items * item;
  if (count <= 0) return;
  gpu::launch({"spec_augment", gpu::blocks_for(count, gpu::element_threads), gpu::element_threads, r.queue},
              gpu::spec_augment_kernel<T>, count, gpu::divisor(item), gpu::divisor(row), gpu::divisor(s.channels),
              s.time, s.mel, s.in_time, s.in_mel, key, key.start(), x, y);
}

}  // namespace auris
