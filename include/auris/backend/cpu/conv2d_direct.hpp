#pragma once
#include <auris/backend/cpu/column_sum.hpp>
#include <auris/backend/cpu/conv_rows.hpp>
#include <auris/backend/cpu/product.hpp>
#include <auris/backend/cpu/single_channel.hpp>
#include <auris/op/conv2d.hpp>

namespace auris {

struct cpu_direct;

/// One product with the rows that `conv_rows` gathers; one channel is convolved where it stands.
template <>
struct kernel<op::conv2d, cpu_direct, float> {
  using R = resources<cpu_direct, float>;

  static constexpr bool pools(const op::conv2d::size& s) { return single::suits(s); }
  static constexpr idx forward_workspace(const op::conv2d::size& s, int workers) {
    if (single::suits(s)) return detail::alignment_slack + prepared(s) + single{s}.workspace(workers);
    return product::workspace(s.rows(), s.out, s.depth(), workers);
  }
  static void forward(const R& r, const op::conv2d::size& s, const float* x, const float* weight, const float* bias,
                      float* y) noexcept;

  static constexpr idx prepared(const op::conv2d::size& s) { return product::packed(s.out, s.depth()); }
  static void prepare(const op::conv2d::size& s, const float* weight, float* to) noexcept;
  static constexpr idx prepared_workspace(const op::conv2d::size& s, int workers) {
    return single::suits(s) ? single{s}.workspace(workers) : product::packed_workspace(s.rows(), s.depth(), workers);
  }
  static void forward_prepared(const R& r, const op::conv2d::size& s, const float* x, const float* prepared,
                               const float* bias, float* y) noexcept;

  [[gnu::noinline]] static constexpr idx backward_workspace(const op::conv2d::size& s, int workers) {
    const idx by_x = product::workspace(x_rows(s), s.in, s.time.kernel * s.mel.kernel * s.out, workers);
    const idx by_weight = single::gradient_suits(s) ? single{s}.gradient_workspace(workers)
                                                    : product::workspace(s.depth(), s.out, s.rows(), workers);
    const idx products = by_x > by_weight ? by_x : by_weight;
    return products > bias_workspace(s) ? products : bias_workspace(s);
  }
  /// Where neither dx nor dweight is wanted.
  static constexpr idx bias_workspace(const op::conv2d::size& s) { return sum::workspace(s.rows(), s.out); }
  static void backward(const R& r, const op::conv2d::size& s, const float* x, const float* weight, const float* dy,
                       float* dx, float* dweight, float* dbias) noexcept;

  /// As one product, however many channels there are: packs its weights, and multiplies with them, in the scratch memory of
  /// `product::packed_workspace`.
  template <class Stored>
  static void pack(const op::conv2d::size& s, const float* weight, Stored* to) noexcept {
    product::pack(calling_thread, s.out, s.depth(), rows{weight, s.out}, to);
  }
  template <class Stored>
  static void multiply(executor& e, const op::conv2d::size& s, const float* x, const Stored* weights, const float* bias,
                       float* y, float* workspace) noexcept {
    const detail::destination c{y, s.out, bias, 0, s.rectify};
    if (pointwise(s))
      product::run_packed<false>(e, s.rows(), s.out, s.depth(), rows{x, s.in}, weights, c, workspace);
    else
      product::run_packed<false>(e, s.rows(), s.out, s.depth(), gather::forward(s, x), weights, c, workspace);
  }

 private:
  using product = detail::product;
  using rows = detail::matrix_rows;
  using gather = detail::conv_rows;
  using single = detail::single_channel;
  using sum = detail::column_sum;

  static constexpr idx x_rows(const op::conv2d::size& s) { return s.items * s.time.extent * s.mel.extent; }
  static constexpr bool pointwise(const op::conv2d::axis& a) {
    return a.kernel == 1 && a.stride == 1 && a.before == 0 && a.after == 0;
  }
  static constexpr bool pointwise(const op::conv2d::size& s) { return pointwise(s.time) && pointwise(s.mel); }
};

}  // namespace auris
