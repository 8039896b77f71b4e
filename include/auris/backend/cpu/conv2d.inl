#include <auris/backend/cpu/conv2d.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::conv2d, cpu, float>::forward(const R& r, const op::conv2d::size& s, const float* x,
                                                          const float* weight, const float* bias, float* y) noexcept {
  const winograd w = winograd::forward(s);
  if (!transforms(s, w)) return direct::forward(r, s, x, weight, bias, y);
  float* const transformed = detail::aligned(r.workspace);
  w.weights().transform(*r.queue, weight, transformed);
  w.run(*r.queue, x, transformed, bias, s.rectify, y, transformed + w.weights().size());
}

AURIS_KERNEL void kernel<op::conv2d, cpu, float>::prepare(const op::conv2d::size& s, const float* weight,
                                                          float* to) noexcept {
  if (winograd::suits(s)) winograd::forward(s).weights().transform(calling_thread, weight, to);
  if (keeps_plain(s)) direct::prepare(s, weight, to + transformed(s));
}

AURIS_KERNEL void kernel<op::conv2d, cpu, float>::forward_prepared(const R& r, const op::conv2d::size& s,
                                                                   const float* x, const float* prepared,
                                                                   const float* bias, float* y) noexcept {
  if (reads_plain(s))
    direct::forward_prepared(r, s, x, prepared + transformed(s), bias, y);
  else
    winograd::forward(s).run(*r.queue, x, prepared, bias, s.rectify, y, r.workspace);
}

AURIS_KERNEL void kernel<op::conv2d, cpu, float>::backward(const R& r, const op::conv2d::size& s, const float* x,
                                                           const float* weight, const float* dy, float* dx,
                                                           float* dweight, float* dbias) noexcept {
  const winograd w = winograd::backward(s);
  if (dx && transforms(s, w)) {
    float* const transformed = detail::aligned(r.workspace);
    w.weights().transform_flipped(*r.queue, weight, transformed);
    w.run(*r.queue, dy, transformed, nullptr, false, dx, transformed + w.weights().size());
    dx = nullptr;
  }
  if (dweight && transforms(s, winograd::forward(s))) {
    gradient::of(s).run(*r.queue, x, dy, dweight, r.workspace);
    dweight = nullptr;
  }
  direct::backward(r, s, x, weight, dy, dx, dweight, dbias);
}

}  // namespace auris
