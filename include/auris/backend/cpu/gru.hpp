#pragma once
#include <auris/backend/cpu/column_sum.hpp>
#include <auris/backend/cpu/product.hpp>
#include <auris/backend/cpu/row_product.hpp>
#include <auris/backend/cpu/vector_math.hpp>
#include <auris/op/gru.hpp>

namespace auris {

template <class T>
struct kernel<op::gru, cpu, T> {
  using R = resources<cpu, T>;

  static constexpr idx forward_workspace(const op::gru::size& s, int workers) {
    const idx frames = s.items * s.time;
    return product::workspace(frames, 3 * s.hidden, s.in, workers) + line(s.directions * frames * 3 * s.hidden) +
           line(3 * s.hidden) + detail::alignment_slack<T> + s.directions * packed(s.hidden, 3 * s.hidden) +
           s.directions * item_blocks(s) * forward_block(s);
  }
  static void forward(const R& r, const op::gru::size& s, const T* x, const op::gru::weights<const T>* w, T* state,
                      T* y, T* cache) noexcept {
    const idx h = s.hidden, frames = s.items * s.time, block_rows = item_block(s);
    if (frames * h == 0) return;
    T* const gates = detail::aligned(r.workspace + product::workspace(frames, 3 * h, s.in, r.queue->workers()));
    T* const bias = gates + line(s.directions * frames * 3 * h);
    T* const weights = bias + line(3 * h);
    T* const blocks = weights + s.directions * packed(h, 3 * h);

    for (int d = 0; d < s.directions; ++d) {
      // What the gates add to U h anyway goes into the product; c_n is multiplied by r first.
      copy(3 * h, w[d].input_bias, bias);
      detail::add_to(2 * h, bias, w[d].recurrent_bias);
      product::template run<false>(*r.queue, frames, 3 * h, s.in, rows{x, s.in},
                                   detail::matrix_columns<T>{w[d].input, s.in},
                                   {gates + d * frames * 3 * h, 3 * h, bias}, r.workspace);
      row_product::pack(h, 3 * h, detail::matrix_columns<T>{w[d].recurrent, h}, weights + d * packed(h, 3 * h));
    }
    for_blocks(*r.queue, s.directions * item_blocks(s), [&](idx block, int) {
      const int d = static_cast<int>(block % s.directions);
      const idx first = block / s.directions * block_rows;
      const idx items = first + block_rows < s.items ? block_rows : s.items - first;
      const T* const candidate_bias = w[d].recurrent_bias + 2 * h;
      T* const carried = blocks + block * forward_block(s);
      T* const sums = carried + line(items * h);
      T* const scratch = sums + line(items * 3 * h);
      for (idx n = 0; n < items; ++n)
        if (state)
          copy(h, state + ((first + n) * s.directions + d) * h, carried + n * h);
        else
          clear(h, carried + n * h);
      for (idx step = 0; step < s.time; ++step) {
        const idx t = d == 0 ? step : s.time - 1 - step;
        row_product::run(items, 3 * h, h, carried, h, weights + d * packed(h, 3 * h), step % 2 == 1, sums, scratch);
        for (idx n = 0; n < items; ++n) {
          const idx frame = (first + n) * s.time + t;
          gate(h, gates + (d * frames + frame) * 3 * h, sums + n * 3 * h, candidate_bias, carried + n * h,
               cache ? cache + (d * frames + frame) * 4 * h : nullptr);
          copy(h, carried + n * h, y + (frame * s.directions + d) * h);
        }
      }
      if (state)
        for (idx n = 0; n < items; ++n) copy(h, carried + n * h, state + ((first + n) * s.directions + d) * h);
    });
  }

  static constexpr idx backward_workspace(const op::gru::size& s, int workers) {
    const idx h = s.hidden, frames = s.items * s.time;
    return products_workspace(s, workers) + detail::alignment_slack<T> + line(s.directions * frames * 4 * h) +
           s.directions * packed(3 * h, h) + s.directions * item_blocks(s) * backward_block(s);
  }
  static void backward(const R& r, const op::gru::size& s, const T* x, const op::gru::weights<const T>* w, const T* y,
                       const T* cache, const T* dy, T* dx, const op::gru::weights<T>* gradients) noexcept {
    const idx h = s.hidden, frames = s.items * s.time, block_rows = item_block(s);
    executor& e = *r.queue;
    if (frames == 0) return;
    // Gradients of n, r, z, q in this order: the first three belong to the input, the last three to the state.
    T* const gates = detail::aligned(r.workspace + products_workspace(s, e.workers()));
    T* const weights = gates + line(s.directions * frames * 4 * h);
    T* const blocks = weights + s.directions * packed(3 * h, h);

    for (int d = 0; d < s.directions; ++d)
      row_product::pack(3 * h, h, rows{w[d].recurrent, h}, weights + d * packed(3 * h, h));
    for_blocks(e, s.directions * item_blocks(s), [&](idx block, int) {
      const int d = static_cast<int>(block % s.directions);
      const idx first = block / s.directions * block_rows;
      const idx items = first + block_rows < s.items ? block_rows : s.items - first;
      T* const carried = blocks + block * backward_block(s);
      T* const states = carried + line(items * h);
      T* const scratch = states + line(items * 3 * h);
      clear(items * h, carried);
      for (idx step = s.time - 1; step >= 0; --step) {
        const idx t = d == 0 ? step : s.time - 1 - step, before = d == 0 ? t - 1 : t + 1;
        for (idx n = 0; n < items; ++n) {
          const idx frame = (first + n) * s.time + t, other = (first + n) * s.time + before;
          T* const g = gates + (d * frames + frame) * 4 * h;
          gate_gradients(h, cache + (d * frames + frame) * 4 * h,
                         step > 0 ? y + (other * s.directions + d) * h : nullptr, dy + (frame * s.directions + d) * h,
                         carried + n * h, g);
          copy(3 * h, g + h, states + n * 3 * h);
        }
        row_product::add(items, h, 3 * h, states, 3 * h, weights + d * packed(3 * h, h), step % 2 == 1, carried,
                         scratch);
      }
    });

    constexpr op::gru::weights<T> none{};
    for (int d = 0; d < s.directions; ++d) {
      const T* const g = gates + d * frames * 4 * h;
      const op::gru::weights<T>& to = gradients ? gradients[d] : none;
      // First n, then r and z: where they stand among the gradients, where among the weights, and how many they are.
      const idx parts[2][3] = {{0, 2 * h, h}, {h, 0, 2 * h}};
      for (const auto& [of_gates, of_weights, count] : parts) {
        const rows of_part{g + of_gates, 4 * h};
        if (dx)
          product::template run<false>(
              e, frames, s.in, count, of_part, rows{w[d].input + of_weights * s.in, s.in},
              d + of_gates > 0 ? detail::destination<T>::add_to(dx, s.in) : detail::destination<T>{dx, s.in},
              r.workspace);
        if (to.input)
          product::template run<true>(e, count, s.in, frames, of_part, rows{x, s.in},
                                      detail::destination<T>::add_to(to.input + of_weights * s.in, s.in), r.workspace);
        if (to.input_bias) sum::run(e, frames, count, g + of_gates, 4 * h, to.input_bias + of_weights, r.workspace);
      }
      if (to.recurrent)
        for (idx n = 0; n < s.items && s.time > 1; ++n) {
          const idx of_gates = n * s.time + (d == 0 ? 1 : 0), of_states = n * s.time + (d == 0 ? 0 : 1);
          product::template run<true>(e, 3 * h, h, s.time - 1, rows{g + of_gates * 4 * h + h, 4 * h},
                                      rows{y + (of_states * s.directions + d) * h, s.directions * h},
                                      detail::destination<T>::add_to(to.recurrent, h), r.workspace);
        }
      if (to.recurrent_bias) sum::run(e, frames, 3 * h, g + h, 4 * h, to.recurrent_bias, r.workspace);
    }
  }

 private:
  using product = detail::product<T>;
  using row_product = detail::row_product<T>;
  using rows = detail::matrix_rows<T>;
  using sum = detail::column_sum<T>;
  using vec = detail::vec<T>;

  static void copy(idx count, const T* from, T* to) {
    __builtin_memcpy(to, from, static_cast<std::size_t>(count) * sizeof(T));
  }
  static void clear(idx count, T* to) { __builtin_memset(to, 0, static_cast<std::size_t>(count) * sizeof(T)); }
  static constexpr idx line(idx count) { return detail::aligned_size<T>(count); }
  static constexpr idx packed(idx depth, idx columns) { return row_product::packed(depth, columns); }
  static constexpr idx item_block(const op::gru::size& s) {
    return s.items < detail::tile_rows ? s.items : detail::tile_rows;
  }
  static constexpr idx item_blocks(const op::gru::size& s) {
    return s.items > 0 ? (s.items + item_block(s) - 1) / item_block(s) : 0;
  }
  static constexpr idx forward_block(const op::gru::size& s) {
    const idx n = item_block(s);
    return line(n * s.hidden) + line(n * 3 * s.hidden) + row_product::workspace(n, s.hidden);
  }
  static constexpr idx backward_block(const op::gru::size& s) {
    const idx n = item_block(s);
    return line(n * s.hidden) + line(n * 3 * s.hidden) + row_product::workspace(n, 3 * s.hidden);
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

  /// One step of one item: h becomes h'. p: W x + biases; u: U h; both in the order r, z, n.
  [[gnu::noinline]] static void gate(idx hidden, const T* p, const T* u, const T* candidate_bias, T* h, T* cache) {
    const auto stretch = [&](idx i, const auto& load, const auto& store) {
      const vec r = detail::sigmoid<vec>(load(p + i) + load(u + i));
      const vec z = detail::sigmoid<vec>(load(p + hidden + i) + load(u + hidden + i));
      const vec q = load(u + 2 * hidden + i) + load(candidate_bias + i);
      const vec c = detail::tanh(load(p + 2 * hidden + i) + r * q);
      store(h + i, c + z * (load(h + i) - c));
      if (cache)
        store(cache + i, r), store(cache + hidden + i, z), store(cache + 2 * hidden + i, c),
            store(cache + 3 * hidden + i, q);
    };
    detail::for_vectors<T>(0, hidden, stretch);
  }

  /// One step back of one item: dh (gradient of h' but for dy) becomes the part of h's gradient that passes by the gates.
  [[gnu::noinline]] static void gate_gradients(idx hidden, const T* cache, const T* before, const T* dy, T* dh, T* g) {
    const auto stretch = [&](idx i, const auto& load, const auto& store) {
      const vec r = load(cache + i), z = load(cache + hidden + i), c = load(cache + 2 * hidden + i);
      const vec q = load(cache + 3 * hidden + i), d = load(dh + i) + load(dy + i);
      const vec dn = d * (1 - z) * (1 - c * c);
      const vec by_state = before ? d * (load(before + i) - c) : -d * c;
      store(g + i, dn);
      store(g + hidden + i, dn * q * r * (1 - r));
      store(g + 2 * hidden + i, by_state * z * (1 - z));
      store(g + 3 * hidden + i, dn * r);
      store(dh + i, d * z);
    };
    detail::for_vectors<T>(0, hidden, stretch);
  }
};

}  // namespace auris
