#include <auris/backend/cpu/conv2d_direct.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::conv2d, cpu_direct, float>::forward(const R& r, const op::conv2d::size& s, const float* x,
                                                                 const float* weight, const float* bias,
                                                                 float* y) noexcept {
  if (single::suits(s)) {
    float* const packed = detail::aligned(r.workspace);
    prepare(s, weight, packed);
    return single{s}.run(*r.queue, x, packed, bias, y, packed + prepared(s));
  }
  const rows b{weight, s.out};
  const detail::destination c{y, s.out, bias, 0, s.rectify};
  if (pointwise(s))
    product::run<false>(*r.queue, s.rows(), s.out, s.depth(), rows{x, s.in}, b, c, r.workspace);
  else
    product::run<false>(*r.queue, s.rows(), s.out, s.depth(), gather::forward(s, x), b, c, r.workspace);
}

AURIS_KERNEL void kernel<op::conv2d, cpu_direct, float>::prepare(const op::conv2d::size& s, const float* weight,
                                                                 float* to) noexcept {
  pack(s, weight, to);
}

AURIS_KERNEL void kernel<op::conv2d, cpu_direct, float>::forward_prepared(const R& r, const op::conv2d::size& s,
                                                                          const float* x, const float* prepared,
                                                                          const float* bias, float* y) noexcept {
  if (single::suits(s)) return single{s}.run(*r.queue, x, prepared, bias, y, r.workspace);
  multiply(*r.queue, s, x, prepared, bias, y, r.workspace);
}

AURIS_KERNEL void kernel<op::conv2d, cpu_direct, float>::backward(const R& r, const op::conv2d::size& s, const float* x,
                                                                  const float* weight, const float* dy, float* dx,
                                                                  float* dweight, float* dbias) noexcept {
  executor& e = *r.queue;
  const idx taps = s.time.kernel * s.mel.kernel;
  if (dx) {
    const detail::flipped_weights b{weight, taps, s.in, s.out};
    const detail::destination c{dx, s.in};
    if (pointwise(s))
      product::run<false>(e, x_rows(s), s.in, s.out, rows{dy, s.out}, b, c, r.workspace);
    else
      product::run<false>(e, x_rows(s), s.in, taps * s.out, gather::backward(s, dy), b, c, r.workspace);
  }
  if (dweight) {
    const rows b{dy, s.out};
    const auto c = detail::destination::add_to(dweight, s.out);
    if (single::gradient_suits(s))
      single{s}.gradient(e, x, dy, dweight, r.workspace);
    else if (pointwise(s))
      product::run<true>(e, s.depth(), s.out, s.rows(), rows{x, s.in}, b, c, r.workspace);
    else
      product::run<true>(e, s.depth(), s.out, s.rows(), gather::forward(s, x), b, c, r.workspace);
  }
  if (dbias) sum::run(e, s.rows(), s.out, dy, s.out, dbias, r.workspace);
}

}  // namespace auris
