#include <auris/backend/cpu/blocks.hpp>
#include <auris/backend/cpu/logarithm.hpp>
#include <auris/backend/cpu/loops.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::logarithm, cpu, float>::forward(const resources<cpu, float>& r,
                                                             const op::logarithm::size& s, const float* x,
                                                             float* y) noexcept {
  detail::for_elements(*r.queue, s.count, detail::loops::scaled_logarithm, x, static_cast<float>(s.floor),
                       static_cast<float>(s.low), static_cast<float>(s.offset), static_cast<float>(s.scale), y);
}

}  // namespace auris
