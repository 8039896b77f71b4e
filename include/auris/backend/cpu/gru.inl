#include <auris/backend/cpu/gru.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::gru, cpu, float>::prepare(const op::gru::size& s, const op::gru::weights<const float>* w,
                                                       float* to) noexcept {
  weights::pack(calling_thread, s, w, to);
}

AURIS_KERNEL void kernel<op::gru, cpu, float>::forward_prepared(const R& r, const op::gru::size& s, const float* x,
                                                                const float* prepared, float* state,
                                                                float* y) noexcept {
  steps::run(*r.queue, s, x, prepared, state, y, nullptr, r.workspace);
}

AURIS_KERNEL void kernel<op::gru, cpu, float>::forward(const R& r, const op::gru::size& s, const float* x,
                                                       const op::gru::weights<const float>* w, float* state, float* y,
                                                       float* cache) noexcept {
  if (s.items * s.time * s.hidden == 0) return;
  float* const packed = detail::aligned(r.workspace);
  weights::pack(*r.queue, s, w, packed);
  steps::run(*r.queue, s, x, packed, state, y, cache, packed + weights::size(s));
}

AURIS_KERNEL void kernel<op::gru, cpu, float>::backward(const R& r, const op::gru::size& s, const float* x,
                                                        const op::gru::weights<const float>* w, const float* y,
                                                        const float* cache, const float* dy, float* dx,
                                                        const op::gru::weights<float>* gradients) noexcept {
  const idx h = s.hidden, frames = s.items * s.time, block_rows = item_block(s);
  executor& e = *r.queue;
  if (frames == 0) return;
  // Gradients of n, r, z, q in this order: the first three belong to the input, the last three to the state.
  float* const gates = detail::aligned(r.workspace + products_workspace(s, e.workers()));
  float* const recurrent = gates + whole(s.directions * frames * 4 * h);
  float* const blocks = recurrent + s.directions * packed(3 * h, h);

  for (int d = 0; d < s.directions; ++d)
    row_product::pack(3 * h, h, rows{w[d].recurrent, h}, recurrent + d * packed(3 * h, h));
  for_blocks(e, s.directions * item_blocks(s), [&](idx block, int) {
    const int d = static_cast<int>(block % s.directions);
    const idx first = block / s.directions * block_rows;
    const idx items = first + block_rows < s.items ? block_rows : s.items - first;
    float* const carried = blocks + block * backward_block(s);
    float* const states = carried + items * row_product::stride(h);
    float* const scratch = states + whole(items * 3 * h);
    clear(items * row_product::stride(h), carried);
    for (idx step = s.time - 1; step >= 0; --step) {
      const idx t = d == 0 ? step : s.time - 1 - step, before = d == 0 ? t - 1 : t + 1;
      for (idx n = 0; n < items; ++n) {
        const idx frame = (first + n) * s.time + t, other = (first + n) * s.time + before;
        float* const g = gates + (d * frames + frame) * 4 * h;
        const float* const kept = cache + (d * frames + frame) * 4 * h;
        detail::apply(detail::loops::gru_gate_gradients, h, kept, kept + h, kept + 2 * h, kept + 3 * h,
                      step > 0 ? y + (other * s.directions + d) * h : nullptr, dy + (frame * s.directions + d) * h,
                      carried + n * row_product::stride(h), g, g + h, g + 2 * h, g + 3 * h);
        copy(3 * h, g + h, states + n * 3 * h);
      }
      row_product::run(items, h, 3 * h, states, 3 * h, recurrent + d * packed(3 * h, h), step % 2 == 1, carried,
                       scratch);
    }
  });

  constexpr op::gru::weights<float> none{};
  for (int d = 0; d < s.directions; ++d) {
    const float* const g = gates + d * frames * 4 * h;
    const op::gru::weights<float>& to = gradients ? gradients[d] : none;
    // First n, then r and z: where they stand among the gradients, where among the weights, and how many they are.
    const idx parts[2][3] = {{0, 2 * h, h}, {h, 0, 2 * h}};
    for (const auto& [of_gates, of_weights, count] : parts) {
      const rows of_part{g + of_gates, 4 * h};
      if (dx)
        product::run<false>(e, frames, s.in, count, of_part, rows{w[d].input + of_weights * s.in, s.in},
                            d + of_gates > 0 ? detail::destination::add_to(dx, s.in) : detail::destination{dx, s.in},
                            r.workspace);
      if (to.input)
        product::run<true>(e, count, s.in, frames, of_part, rows{x, s.in},
                           detail::destination::add_to(to.input + of_weights * s.in, s.in), r.workspace);
      if (to.input_bias) sum::run(e, frames, count, g + of_gates, 4 * h, to.input_bias + of_weights, r.workspace);
    }
    if (to.recurrent)
      for (idx n = 0; n < s.items && s.time > 1; ++n) {
        const idx of_gates = n * s.time + (d == 0 ? 1 : 0), of_states = n * s.time + (d == 0 ? 0 : 1);
        product::run<true>(e, 3 * h, h, s.time - 1, rows{g + of_gates * 4 * h + h, 4 * h},
                           rows{y + (of_states * s.directions + d) * h, s.directions * h},
                           detail::destination::add_to(to.recurrent, h), r.workspace);
      }
    if (to.recurrent_bias) sum::run(e, frames, 3 * h, g + h, 4 * h, to.recurrent_bias, r.workspace);
  }
}

AURIS_KERNEL void kernel<op::gru, cpu, float>::copy(idx count, const float* from, float* to) {
  __builtin_memcpy(to, from, static_cast<std::size_t>(count) * sizeof(float));
}

}  // namespace auris
