#include <auris/backend/cpu/softmax.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::softmax, cpu, float>::forward(const R& r, const op::softmax::size& s, const float* x,
                                                           float* y) noexcept {
  run(r, s, detail::loops::softmax_columns, x, y);
}

AURIS_KERNEL void kernel<op::softmax, cpu, float>::backward(const R& r, const op::softmax::size& s, const float* y,
                                                            const float* dy, float* dx) noexcept {
  run(r, s, detail::loops::softmax_columns_backward, y, dy, dx);
}

AURIS_KERNEL void kernel<op::log_softmax, cpu, float>::forward(const R& r, const op::log_softmax::size& s,
                                                               const float* x, float* y) noexcept {
  run(r, s, detail::loops::log_softmax_columns, x, y);
}

AURIS_KERNEL void kernel<op::log_softmax, cpu, float>::backward(const R& r, const op::log_softmax::size& s,
                                                                const float* y, const float* dy, float* dx) noexcept {
  run(r, s, detail::loops::log_softmax_columns_backward, y, dy, dx);
}

}  // namespace auris
