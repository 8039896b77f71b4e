#pragma once
#include <auris/backend/cpu/column_sum.hpp>
#include <auris/backend/cpu/gru_forward.hpp>
#include <auris/backend/cpu/row_product.hpp>

namespace auris {

template <>
struct kernel<op::gru, cpu, float> {
  using R = resources<cpu, float>;

  static constexpr idx prepared(const op::gru::size& s) { return weights::size(s); }
  static void prepare(const op::gru::size& s, const op::gru::weights<const float>* w, float* to) noexcept;
  static constexpr idx prepared_workspace(const op::gru::size& s, int workers) { return steps::workspace(s, workers); }
  static void forward_prepared(const R& r, const op::gru::size& s, const float* x, const float* prepared, float* state,
                               float* y) noexcept;

  static constexpr idx forward_workspace(const op::gru::size& s, int workers) {
    return detail::alignment_slack + weights::size(s) + steps::workspace(s, workers);
  }
  static void forward(const R& r, const op::gru::size& s, const float* x, const op::gru::weights<const float>* w,
                      float* state, float* y, float* cache) noexcept;

  static constexpr idx backward_workspace(const op::gru::size& s, int workers) {
    const idx h = s.hidden, frames = s.items * s.time;
    return products_workspace(s, workers) + detail::alignment_slack + whole(s.directions * frames * 4 * h) +
           s.directions * packed(3 * h, h) + s.directions * item_blocks(s) * backward_block(s);
  }
  static void backward(const R& r, const op::gru::size& s, const float* x, const op::gru::weights<const float>* w,
                       const float* y, const float* cache, const float* dy, float* dx,
                       const op::gru::weights<float>* gradients) noexcept;

 private:
  using product = detail::product;
  using row_product = detail::row_product;
  using rows = detail::matrix_rows;
  using sum = detail::column_sum;
  using weights = detail::gru_weights;
  using steps = detail::gru_forward;

  static void copy(idx count, const float* from, float* to);
  static void clear(idx count, float* to) { __builtin_memset(to, 0, static_cast<std::size_t>(count) * sizeof(float)); }
  static constexpr idx whole(idx count) { return detail::whole_lines(count); }
  static constexpr idx packed(idx depth, idx columns) { return row_product::packed(depth, columns); }
  static constexpr idx item_block(const op::gru::size& s) {
    return s.items < detail::product_rows ? s.items : detail::product_rows;
  }
  static constexpr idx item_blocks(const op::gru::size& s) {
    return s.items > 0 ? (s.items + item_block(s) - 1) / item_block(s) : 0;
  }
  static constexpr idx backward_block(const op::gru::size& s) {
    const idx n = item_block(s);
    return n * row_product::stride(s.hidden) + whole(n * 3 * s.hidden) + row_product::workspace(n, 3 * s.hidden);
  }
  static constexpr idx products_workspace(const op::gru::size& s, int workers) {
    const idx h = s.hidden, frames = s.items * s.time;
    const idx sizes[] = {product::workspace(frames, s.in, 2 * h, workers),
                         product::workspace(frames, s.in, h, workers),
                         product::workspace(2 * h, s.in, frames, workers),
                         product::workspace(h, s.in, frames, workers),
                         product::workspace(3 * h, h, s.time, workers),
                         sum::workspace(frames, 3 * h),
                         sum::workspace(frames, 2 * h)};
    idx most = 0;
    for (idx size : sizes)
      if (size > most) most = size;
    return most;
  }
};

}  // namespace auris
