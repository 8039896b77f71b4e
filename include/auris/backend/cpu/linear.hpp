#pragma once
#include <auris/backend/cpu/column_sum.hpp>
#include <auris/backend/cpu/product.hpp>
#include <auris/op/linear.hpp>

namespace auris {

template <class T>
struct kernel<op::linear, cpu, T> {
  using R = resources<cpu, T>;

  static constexpr idx forward_workspace(const op::linear::size& s, int workers) {
    return few(s) ? 0 : product::workspace(s.rows, s.out, s.in, workers);
  }
  [[gnu::noinline]] static void forward(const R& r, const op::linear::size& s, const T* x, const T* weight,
                                        const T* bias, T* y) noexcept {
    if (few(s))
      dot_products(*r.queue, s, x, weight, bias, y);
    else
      product::template run<false>(*r.queue, s.rows, s.out, s.in, rows{x, s.in},
                                   detail::matrix_columns<T>{weight, s.in}, {y, s.out, bias}, r.workspace);
  }

  [[gnu::noinline]] static constexpr idx backward_workspace(const op::linear::size& s, int workers) {
    const idx by_x = product::workspace(s.rows, s.in, s.out, workers);
    const idx by_weight = product::workspace(s.out, s.in, s.rows, workers);
    const idx by_bias = sum::workspace(s.rows, s.out);
    const idx products = by_x > by_weight ? by_x : by_weight;
    return products > by_bias ? products : by_bias;
  }
  [[gnu::noinline]] static void backward(const R& r, const op::linear::size& s, const T* x, const T* weight,
                                         const T* dy, T* dx, T* dweight, T* dbias) noexcept {
    executor& e = *r.queue;
    if (dx)
      product::template run<false>(e, s.rows, s.in, s.out, rows{dy, s.out}, rows{weight, s.in}, {dx, s.in},
                                   r.workspace);
    if (dweight)
      product::template run<true>(e, s.out, s.in, s.rows, rows{dy, s.out}, rows{x, s.in},
                                  detail::destination<T>::add_to(dweight, s.in), r.workspace);
    if (dbias) sum::run(e, s.rows, s.out, dy, s.out, dbias, r.workspace);
  }

 private:
  using product = detail::product<T>;
  using rows = detail::matrix_rows<T>;
  using sum = detail::column_sum<T>;

  // Below this, packing the weights costs more than it saves.
  static constexpr bool few(const op::linear::size& s) { return s.rows <= 4; }

  static void dot_products(executor& e, const op::linear::size& s, const T* x, const T* weight, const T* bias,
                           T* y) noexcept {
    for_ranges(e, s.out, 4 * detail::row_grain(s.in), [&](idx begin, idx end, int) {
      for (idx o = begin; o < end; o += 4) {
        const idx outputs = end - o < 4 ? end - o : 4;
        const T* w[4];
        for (idx q = 0; q < 4; ++q) w[q] = weight + (o + (q < outputs ? q : 0)) * s.in;
        for (idx k = 0; k < s.rows; ++k) {
          const T* a = x + k * s.in;
          detail::vec<T> sum[4] = {};
          detail::for_vectors<T>(0, s.in, [&](idx i, const auto& load, const auto&) {
            const detail::vec<T> v = load(a + i);
            for (int q = 0; q < 4; ++q) sum[q] += v * load(w[q] + i);
          });
          for (idx q = 0; q < outputs; ++q)
            y[k * s.out + o + q] = (bias ? bias[o + q] : T(0)) + detail::sum_of<T>(sum[q]);
        }
      }
    });
  }
};

}  // namespace auris
