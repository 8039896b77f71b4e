#include <auris/backend/cpu/conv2d_bf16.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::conv2d, cpu_bf16, float>::prepare(const op::conv2d::size& s, const float* weight,
                                                               float* to) noexcept {
  if (rounds(s))
    direct::pack(s, weight, detail::bf16_pair::in(to));
  else
    floats::prepare(s, weight, to);
}

AURIS_KERNEL void kernel<op::conv2d, cpu_bf16, float>::forward_prepared(const R& r, const op::conv2d::size& s,
                                                                        const float* x, const float* prepared,
                                                                        const float* bias, float* y) noexcept {
  if (rounds(s))
    direct::multiply(*r.queue, s, x, detail::bf16_pair::in(prepared), bias, y, r.workspace);
  else
    floats::forward_prepared(r, s, x, prepared, bias, y);
}

}  // namespace auris
