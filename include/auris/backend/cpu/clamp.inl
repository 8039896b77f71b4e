#include <auris/backend/cpu/blocks.hpp>
#include <auris/backend/cpu/clamp.hpp>
#include <auris/backend/cpu/loops.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::clamp, cpu, float>::forward(const R& r, const op::clamp::size& s, const float* x,
                                                         float* y) noexcept {
  detail::for_elements(*r.queue, s.count, detail::loops::clamp_forward, x, static_cast<float>(s.least),
                       static_cast<float>(s.most), y);
}

AURIS_KERNEL void kernel<op::clamp, cpu, float>::backward(const R& r, const op::clamp::size& s, const float* x,
                                                          const float* dy, float* dx) noexcept {
  detail::for_elements(*r.queue, s.count, detail::loops::clamp_backward, x, dy, static_cast<float>(s.least),
                       static_cast<float>(s.most), dx);
}

}  // namespace auris
