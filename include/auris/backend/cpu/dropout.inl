#include <auris/backend/cpu/blocks.hpp>
#include <auris/backend/cpu/dropout.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::dropout, cpu, float>::forward(const resources<cpu, float>& r, const op::dropout::size& s,
                                                           const random_key& key, const float* x, float* y) noexcept {
  const float scale = static_cast<float>(1 / (1 - s.probability));
  const idx first = key.first_item * s.count;
  detail::for_elements(*r.queue, s.items * s.count, [&](idx begin, idx end) {
    for (idx i = begin; i < end; ++i)
      y[i] = key.uniform(static_cast<std::uint64_t>(first + i)) < s.probability ? 0 : x[i] * scale;
  });
}

}  // namespace auris
