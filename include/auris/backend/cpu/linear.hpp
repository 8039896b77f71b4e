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
  static void forward(const R& r, const op::linear::size& s, const float* x, const float* weight, const float* bias,
                      float* y) noexcept;

  static constexpr idx prepared(const op::linear::size& s) { return product::packed(s.out, s.in); }
  static void prepare(const op::linear::size& s, const float* weight, float* to) noexcept;
  static constexpr idx prepared_workspace(const op::linear::size& s, int workers) {
    return product::packed_workspace(s.rows, s.in, workers);
  }
  static void forward_prepared(const R& r, const op::linear::size& s, const float* x, const float* prepared,
                               const float* bias, float* y) noexcept;

  [[gnu::noinline]] static constexpr idx backward_workspace(const op::linear::size& s, int workers) {
    const idx by_x = product::workspace(s.rows, s.in, s.out, workers);
    const idx by_weight = product::workspace(s.out, s.in, s.rows, workers);
    const idx by_bias = sum::workspace(s.rows, s.out);
    const idx products = by_x > by_weight ? by_x : by_weight;
    return products > by_bias ? products : by_bias;
  }
  static void backward(const R& r, const op::linear::size& s, const float* x, const float* weight, const float* dy,
                       float* dx, float* dweight, float* dbias) noexcept;

 private:
  using product = detail::product;
  using rows = detail::matrix_rows;
  using sum = detail::column_sum;

  // Up to here, packing the weights costs more than it saves.
  static constexpr bool few(const op::linear::size& s) { return s.rows <= 32 && s.out >= 4; }

  static void dot_products(executor& e, const op::linear::size& s, const float* x, const float* weight,
                           const float* bias, float* y) noexcept;
};

struct cpu_bf16;

/// Prepared weights are bf16.
template <>
struct kernel<op::linear, cpu_bf16, float> : kernel<op::linear, cpu, float> {
  using R = resources<cpu_bf16, float>;

  static constexpr idx prepared(const op::linear::size& s) {
    return detail::product::packed<detail::bf16_pair>(s.out, s.in);
  }
  static void prepare(const op::linear::size& s, const float* weight, float* to) noexcept;
  static void forward_prepared(const R& r, const op::linear::size& s, const float* x, const float* prepared,
                               const float* bias, float* y) noexcept;
};

}  // namespace auris
