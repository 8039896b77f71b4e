#pragma once
#include <auris/backend/cpu/column_sum.hpp>
#include <auris/backend/cpu/row_product.hpp>
#include <auris/op/gru.hpp>

namespace auris::detail {

/// The backward pass of a GRU: the gradients of all gates, from the last step to the first, for some items at once; then
/// those of x and of the weights as products over all frames.
struct gru_backward {
  static constexpr idx workspace(const op::gru::size& s, int workers) {
    const idx h = s.hidden, frames = s.items * s.time;
    return products_workspace(s, workers) + alignment_slack + whole_lines(s.directions * frames * 4 * h) +
           s.directions * row_product::packed(3 * h, h) + s.directions * item_blocks(s) * block_size(s);
  }

  static void run(executor& e, const op::gru::size& s, const float* x, const op::gru::weights<const float>* w,
                  const float* y, const float* cache, const float* dy, float* dx,
                  const op::gru::weights<float>* gradients, float* workspace) noexcept {
    const idx h = s.hidden, frames = s.items * s.time;
    if (frames == 0) return;
    // Gradients of r, z, n, q in this order: the first three belong to the input, all but n to the state.
    float* const gates = aligned(workspace + products_workspace(s, e.workers()));
    float* const recurrent = gates + whole_lines(s.directions * frames * 4 * h);
    float* const blocks = recurrent + s.directions * row_product::packed(3 * h, h);

    for (int d = 0; d < s.directions; ++d)
      row_product::pack(3 * h, h, matrix_rows{w[d].recurrent, h}, recurrent + d * row_product::packed(3 * h, h));
    for_blocks(e, s.directions * item_blocks(s), [&](idx block, int) {
      const int d = static_cast<int>(block % s.directions);
      through_time(s, d, block / s.directions * item_block(s), recurrent + d * row_product::packed(3 * h, h), y, cache,
                   dy, gates, blocks + block * block_size(s));
    });

    for (int d = 0; d < s.directions; ++d) {
      const float* const g = gates + d * frames * 4 * h;
      if (dx)
        product::run<false>(e, frames, s.in, 3 * h, matrix_rows{g, 4 * h}, matrix_rows{w[d].input, s.in},
                            d > 0 ? destination::add_to(dx, s.in) : destination{dx, s.in}, workspace);
      if (gradients) add_gradients(e, s, d, x, y, g, gradients[d], workspace);
    }
  }

 private:
  static constexpr idx item_block(const op::gru::size& s) { return s.items < product_rows ? s.items : product_rows; }
  static constexpr idx item_blocks(const op::gru::size& s) {
    return s.items > 0 ? (s.items + item_block(s) - 1) / item_block(s) : 0;
  }
  static constexpr idx block_size(const op::gru::size& s) {
    const idx n = item_block(s);
    return n * row_product::stride(s.hidden) + whole_lines(n * 3 * s.hidden) + row_product::workspace(n, 3 * s.hidden);
  }
  static constexpr idx products_workspace(const op::gru::size& s, int workers) {
    const idx h = s.hidden, frames = s.items * s.time;
    const idx sizes[] = {product::workspace(frames, s.in, 3 * h, workers),
                         product::workspace(3 * h, s.in, frames, workers),
                         product::workspace(2 * h, h, frames, workers),
                         product::workspace(h, h, frames, workers),
                         sum::workspace(frames, 3 * h),
                         sum::workspace(frames, 2 * h)};
    idx most = 0;
    for (idx size : sizes)
      if (size > most) most = size;
    return most;
  }
  using sum = column_sum;

  /// The gradients of the gates of some items in one direction.
  static void through_time(const op::gru::size& s, int d, idx first, const float* recurrent, const float* y,
                           const float* cache, const float* dy, float* gates, float* own) noexcept {
    const idx h = s.hidden, frames = s.items * s.time;
    const idx items = first + item_block(s) < s.items ? item_block(s) : s.items - first;
    float* const carried = own;  // the gradient of the state
    float* const of_state = carried + items * row_product::stride(h);
    float* const scratch = of_state + whole_lines(items * 3 * h);
    for (idx i = 0; i < items * row_product::stride(h); ++i) carried[i] = 0;
    for (idx step = s.time - 1; step >= 0; --step) {
      const idx t = d == 0 ? step : s.time - 1 - step, before = d == 0 ? t - 1 : t + 1;
      for (idx n = 0; n < items; ++n) {
        const idx frame = (first + n) * s.time + t, other = (first + n) * s.time + before;
        float* const g = gates + (d * frames + frame) * 4 * h;
        const float* const kept = cache + (d * frames + frame) * 4 * h;
        apply(loops::gru_gate_gradients, h, kept, kept + h, kept + 2 * h, kept + 3 * h,
              step > 0 ? y + (other * s.directions + d) * h : nullptr, dy + (frame * s.directions + d) * h,
              carried + n * row_product::stride(h), g + 2 * h, g, g + h, g + 3 * h);
        copy(2 * h, g, of_state + n * 3 * h);
        copy(h, g + 3 * h, of_state + n * 3 * h + 2 * h);
      }
      row_product::run(items, h, 3 * h, of_state, 3 * h, recurrent, step % 2 == 1, carried, scratch);
    }
  }
  static void copy(idx count, const float* from, float* to) {
    __builtin_memcpy(to, from, static_cast<std::size_t>(count) * sizeof(float));
  }

  /// As b: the states before each frame of one direction, zeros before the first.
  struct states_before {
    const op::gru::size& size;
    int direction;
    const float* y;

    void panels(idx from, idx depth, idx column, idx columns, float* to) const {
      for (idx i = 0; i < depth; ++i) {
        const idx frame = from + i, t = frame % size.time, other = direction == 0 ? frame - 1 : frame + 1;
        const bool none = t == (direction == 0 ? 0 : size.time - 1);
        const float* const state = none ? nullptr : y + (other * size.directions + direction) * size.hidden + column;
        for (idx j = 0; j < columns; j += product_width) {
          float* const panel = to + j * depth + i * product_width;
          const idx kept = columns - j < product_width ? columns - j : product_width;
          for (idx q = 0; q < product_width; ++q) panel[q] = state && q < kept ? state[j + q] : 0;
        }
      }
    }
  };

  static void add_gradients(executor& e, const op::gru::size& s, int d, const float* x, const float* y, const float* g,
                            const op::gru::weights<float>& to, float* workspace) noexcept {
    const idx h = s.hidden, frames = s.items * s.time;
    if (to.input)
      product::run<true>(e, 3 * h, s.in, frames, matrix_rows{g, 4 * h}, matrix_rows{x, s.in},
                         destination::add_to(to.input, s.in), workspace);
    if (to.input_bias) sum::run(e, frames, 3 * h, g, 4 * h, to.input_bias, workspace);
    // Those of r and z, then that of q: where they stand among the gradients and the weights, and how many they are.
    const idx parts[2][3] = {{0, 0, 2 * h}, {3 * h, 2 * h, h}};
    for (const auto& [of_gates, of_weights, count] : parts) {
      if (to.recurrent)
        product::run<true>(e, count, h, frames, matrix_rows{g + of_gates, 4 * h}, states_before{s, d, y},
                           destination::add_to(to.recurrent + of_weights * h, h), workspace);
      if (to.recurrent_bias) sum::run(e, frames, count, g + of_gates, 4 * h, to.recurrent_bias + of_weights, workspace);
    }
  }
};

}  // namespace auris::detail
