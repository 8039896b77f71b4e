#include <auris/backend/cpu/linear.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::linear, cpu, float>::forward(const R& r, const op::linear::size& s, const float* x,
                                                          const float* weight, const float* bias, float* y) noexcept {
  if (few(s))
    dot_products(*r.queue, s, x, weight, bias, y);
  else
    product::run<false>(*r.queue, s.rows, s.out, s.in, rows{x, s.in}, detail::matrix_columns{weight, s.in},
                        {y, s.out, bias}, r.workspace);
}

AURIS_KERNEL void kernel<op::linear, cpu, float>::prepare(const op::linear::size& s, const float* weight,
                                                          float* to) noexcept {
  product::pack(calling_thread, s.out, s.in, detail::matrix_columns{weight, s.in}, to);
}

AURIS_KERNEL void kernel<op::linear, cpu, float>::forward_prepared(const R& r, const op::linear::size& s,
                                                                   const float* x, const float* prepared,
                                                                   const float* bias, float* y) noexcept {
  product::run_packed<false>(*r.queue, s.rows, s.out, s.in, rows{x, s.in}, prepared, {y, s.out, bias}, r.workspace);
}

AURIS_KERNEL void kernel<op::linear, cpu_bf16, float>::prepare(const op::linear::size& s, const float* weight,
                                                               float* to) noexcept {
  detail::product::pack(calling_thread, s.out, s.in, detail::matrix_columns{weight, s.in}, detail::bf16_pair::in(to));
}

AURIS_KERNEL void kernel<op::linear, cpu_bf16, float>::forward_prepared(const R& r, const op::linear::size& s,
                                                                        const float* x, const float* prepared,
                                                                        const float* bias, float* y) noexcept {
  detail::product::run_packed<false>(*r.queue, s.rows, s.out, s.in, detail::matrix_rows{x, s.in},
                                     detail::bf16_pair::in(prepared), {y, s.out, bias}, r.workspace);
}

AURIS_KERNEL void kernel<op::linear, cpu, float>::backward(const R& r, const op::linear::size& s, const float* x,
                                                           const float* weight, const float* dy, float* dx,
                                                           float* dweight, float* dbias) noexcept {
  executor& e = *r.queue;
  if (dx) product::run<false>(e, s.rows, s.in, s.out, rows{dy, s.out}, rows{weight, s.in}, {dx, s.in}, r.workspace);
  if (dweight)
    product::run<true>(e, s.out, s.in, s.rows, rows{dy, s.out}, rows{x, s.in},
                       detail::destination::add_to(dweight, s.in), r.workspace);
  if (dbias) sum::run(e, s.rows, s.out, dy, s.out, dbias, r.workspace);
}

AURIS_KERNEL void kernel<op::linear, cpu, float>::dot_products(executor& e, const op::linear::size& s, const float* x,
                                                               const float* weight, const float* bias,
                                                               float* y) noexcept {
  const idx whole = s.in / detail::line * detail::line;
  for_ranges(e, s.out, 4 * detail::row_grain(s.in), [&](idx begin, idx end, int) {
    for (idx o = begin; o < end; o += 4) {
      const idx first = o + 4 <= s.out ? o : s.out - 4;
      for (idx i = 0; i < s.rows;) {
        const idx left = s.rows - i, now = left >= 4 ? 4 : left >= 2 ? 2 : 1;
        float sums[4 * 4];
        detail::loops::four_dots(now, whole, x + i * s.in, s.in, weight + first * s.in, s.in, sums);
        for (idx j = 4 * i; j < 4 * (i + now); ++j) {
          const idx row = j / 4, output = first + j % 4;
          float sum = bias ? bias[output] : 0;
          for (idx k = whole; k < s.in; ++k) sum += x[row * s.in + k] * weight[output * s.in + k];
          if (output >= o) y[row * s.out + output] = sum + sums[j - 4 * i];
        }
        i += now;
      }
    }
  });
}

}  // namespace auris
