#include <auris/backend/cpu/activation.hpp>
#include <auris/backend/cpu/blocks.hpp>
#include <auris/backend/cpu/loops.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::relu, cpu, float>::forward(const R& r, const op::relu::size& s, const float* x,
                                                        float* y) noexcept {
  detail::for_elements(*r.queue, s.count, detail::loops::relu_forward, x, y);
}

AURIS_KERNEL void kernel<op::relu, cpu, float>::backward(const R& r, const op::relu::size& s, const float*,
                                                         const float* y, const float* dy, float* dx) noexcept {
  detail::for_elements(*r.queue, s.count, detail::loops::relu_backward, y, dy, dx);
}

AURIS_KERNEL void kernel<op::sigmoid, cpu, float>::forward(const R& r, const op::sigmoid::size& s, const float* x,
                                                           float* y) noexcept {
  detail::for_elements(*r.queue, s.count, detail::loops::sigmoid_forward, x, y);
}

AURIS_KERNEL void kernel<op::sigmoid, cpu, float>::backward(const R& r, const op::sigmoid::size& s, const float*,
                                                            const float* y, const float* dy, float* dx) noexcept {
  detail::for_elements(*r.queue, s.count, detail::loops::sigmoid_backward, y, dy, dx);
}

AURIS_KERNEL void kernel<op::tanh, cpu, float>::forward(const R& r, const op::tanh::size& s, const float* x,
                                                        float* y) noexcept {
  detail::for_elements(*r.queue, s.count, detail::loops::tanh_forward, x, y);
}

AURIS_KERNEL void kernel<op::tanh, cpu, float>::backward(const R& r, const op::tanh::size& s, const float*,
                                                         const float* y, const float* dy, float* dx) noexcept {
  detail::for_elements(*r.queue, s.count, detail::loops::tanh_backward, y, dy, dx);
}

AURIS_KERNEL void kernel<op::gelu, cpu, float>::forward(const R& r, const op::gelu::size& s, const float* x,
                                                        float* y) noexcept {
  detail::for_elements(*r.queue, s.count, detail::loops::gelu_forward, x, y);
}

AURIS_KERNEL void kernel<op::gelu, cpu, float>::backward(const R& r, const op::gelu::size& s, const float* x,
                                                         const float*, const float* dy, float* dx) noexcept {
  detail::for_elements(*r.queue, s.count, detail::loops::gelu_backward, x, dy, dx);
}

}  // namespace auris
