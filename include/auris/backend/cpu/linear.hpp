#pragma once
#include <auris/backend/cpu/column_sum.hpp>
#include <auris/backend/cpu/product.hpp>
#include <auris/op/linear.hpp>

namespace auris {

template <>
struct kernel<op::linear, cpu, float> {
  using R = resources<cpu, float>;

  static constexpr idx forward_workspace(const op::linear::size& s, int workers) {
    return few(s) ? 0 : product::workspace(s.rows, s.out, s.in, workers);
  }
  [[gnu::noinline]] static void forward(const R& r, const op::linear::size& s, const float* x, const float* weight,
                                        const float* bias, float* y) noexcept {
    if (few(s))
      dot_products(*r.queue, s, x, weight, bias, y);
    else
      product::run<false>(*r.queue, s.rows, s.out, s.in, rows{x, s.in}, detail::matrix_columns{weight, s.in},
                          {y, s.out, bias}, r.workspace);
  }

  static constexpr idx prepared(const op::linear::size& s) { return product::packed(s.out, s.in); }
  static void prepare(const op::linear::size& s, const float* weight, float* to) noexcept {
    product::pack(calling_thread, s.out, s.in, detail::matrix_columns{weight, s.in}, to);
  }
  static constexpr idx prepared_workspace(const op::linear::size& s, int workers) {
    return product::packed_workspace(s.rows, s.in, workers);
  }
  static void forward_prepared(const R& r, const op::linear::size& s, const float* x, const float* prepared,
                               const float* bias, float* y) noexcept {
    product::run_packed<false>(*r.queue, s.rows, s.out, s.in, rows{x, s.in}, prepared, {y, s.out, bias}, r.workspace);
  }

  [[gnu::noinline]] static constexpr idx backward_workspace(const op::linear::size& s, int workers) {
    const idx by_x = product::workspace(s.rows, s.in, s.out, workers);
    const idx by_weight = product::workspace(s.out, s.in, s.rows, workers);
    const idx by_bias = sum::workspace(s.rows, s.out);
    const idx products = by_x > by_weight ? by_x : by_weight;
    return products > by_bias ? products : by_bias;
  }
  [[gnu::noinline]] static void backward(const R& r, const op::linear::size& s, const float* x, const float* weight,
                                         const float* dy, float* dx, float* dweight, float* dbias) noexcept {
    executor& e = *r.queue;
    if (dx) product::run<false>(e, s.rows, s.in, s.out, rows{dy, s.out}, rows{weight, s.in}, {dx, s.in}, r.workspace);
    if (dweight)
      product::run<true>(e, s.out, s.in, s.rows, rows{dy, s.out}, rows{x, s.in},
                         detail::destination::add_to(dweight, s.in), r.workspace);
    if (dbias) sum::run(e, s.rows, s.out, dy, s.out, dbias, r.workspace);
  }

 private:
  using product = detail::product;
  using rows = detail::matrix_rows;
  using sum = detail::column_sum;

  // Up to here, packing the weights costs more than it saves.
  static constexpr bool few(const op::linear::size& s) { return s.rows <= 32 && s.out >= 4; }

  static void dot_products(executor& e, const op::linear::size& s, const float* x, const float* weight,
                           const float* bias, float* y) noexcept {
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
};

}  // namespace auris
