#pragma once
#include <auris/backend/cpu/gru_weights.hpp>

namespace auris::detail {

/// The forward pass of a GRU with packed weights: one product for what all frames add to the gates of all directions, then
/// the frames of a direction one after the other, for some items at once.
template <class Stored>
struct gru_forward {
  using weights = gru_weights<Stored>;

  static constexpr idx workspace(const op::gru::size& s, int workers) {
    return product::packed_workspace(s.items * s.time, s.in, workers) + alignment_slack +
           s.items * s.time * weights::all_gates(s) + s.directions * item_blocks(s) * block_size(s);
  }

  static void run(executor& e, const op::gru::size& s, const float* x, const float* packed, float* state, float* y,
                  float* cache, float* workspace) noexcept {
    const idx frames = s.items * s.time, columns = weights::all_gates(s);
    if (frames * s.hidden == 0) return;
    float* const gates = aligned(workspace + product::packed_workspace(frames, s.in, e.workers()));
    float* const blocks = gates + frames * columns;
    product::run_packed<false>(e, frames, columns, s.in, matrix_rows{x, s.in}, weights::stored(packed),
                               {gates, columns, packed + weights::bias(s)}, workspace);

    if (s.items == 1 && s.directions == 2 && weights::blocks(s) == 1) {
      // One block of units is too little work for the multipliers, and for a thread.
      sequence first(s, 0, 0, packed, gates, blocks), second(s, 1, 0, packed, gates, blocks + block_size(s));
      const auto step = loops::gru_step_of_two<Stored>.best();
      first.start(state), second.start(state);
      for (idx t = 0; t < s.time; ++t) {
        first.place(t, y, cache), second.place(t, y, cache);
        step(first.arguments, second.arguments);
        first.finish(), second.finish();
      }
      first.keep(state), second.keep(state);
      return;
    }
    for_blocks(e, s.directions * item_blocks(s), [&](idx block, int) {
      sequence of(s, static_cast<int>(block % s.directions), block / s.directions * most_items, packed, gates,
                  blocks + block * block_size(s));
      const auto step = loops::gru_step<Stored>.best();
      of.start(state);
      for (idx t = 0; t < s.time; ++t) {
        of.place(t, y, cache);
        step(of.arguments);
        of.finish();
      }
      of.keep(state);
    });
  }

 private:
  static constexpr idx most_items = 8;
  static constexpr idx item_blocks(const op::gru::size& s) { return (s.items + most_items - 1) / most_items; }
  static constexpr idx rows_for(idx items) { return items > 4 ? 8 : items > 2 ? 4 : items; }
  static constexpr idx states(const op::gru::size& s) { return weights::blocks(s) * gru_units; }
  static constexpr idx block_size(const op::gru::size& s) {
    return rows_for(s.items < most_items ? s.items : most_items) * (2 * states(s) + 4 * line);
  }

  /// Some items in one direction.
  struct sequence {
    const op::gru::size& s;
    int direction;
    idx first;
    const float* gates;
    float *now, *next;  ///< states
    gru_step_of_items<Stored> arguments;

    sequence(const op::gru::size& of, int d, idx first_item, const float* packed, const float* all_gates, float* own)
        : s(of), direction(d), first(first_item), gates(all_gates) {
      auto& a = arguments;
      const idx columns = weights::gates(s);
      a.hidden = s.hidden;
      a.blocks = weights::blocks(s);
      a.items = s.items - first < most_items ? s.items - first : most_items;
      a.rows = rows_for(a.items);
      a.weights = weights::stored(packed + weights::recurrent(s) + d * product::packed<Stored>(columns, s.hidden));
      a.candidate_bias = packed + weights::candidate_bias(s) + d * states(s);
      now = own;
      next = own + a.rows * states(s);
      a.cache_rest = own + 2 * a.rows * states(s);
      a.gates_stride = s.time * weights::all_gates(s);
      a.y_stride = s.time * s.directions * s.hidden;
      a.cache_stride = s.time * 4 * s.hidden;
      __builtin_memset(own, 0, static_cast<std::size_t>(2 * a.rows * states(s)) * sizeof(float));
    }

    void start(const float* state) noexcept {
      for (idx i = 0; state && i < arguments.items; ++i)
        for (idx u = 0; u < s.hidden; ++u) now[at(i, u)] = state_of(state, i)[u];
    }
    void keep(float* state) const noexcept {
      for (idx i = 0; state && i < arguments.items; ++i)
        for (idx u = 0; u < s.hidden; ++u) state_of(state, i)[u] = now[at(i, u)];
    }
    /// Before the t-th step.
    void place(idx t, float* y, float* cache) noexcept {
      const idx frame = first * s.time + (direction == 0 ? t : s.time - 1 - t), frames = s.items * s.time;
      arguments.gates = gates + frame * weights::all_gates(s) + direction * weights::gates(s);
      arguments.y = y + (frame * s.directions + direction) * s.hidden;
      arguments.cache = cache ? cache + (direction * frames + frame) * 4 * s.hidden : nullptr;
      arguments.before = now;
      arguments.after = next;
      arguments.backwards = t % 2 == 1;
    }
    /// After a step: what is left of the last line.
    void finish() noexcept {
      const auto& a = arguments;
      const idx whole = s.hidden / line * line;
      for (idx i = 0; i < a.items && whole < s.hidden; ++i)
        for (idx u = whole; u < s.hidden; ++u) {
          a.y[i * a.y_stride + u] = a.after[at(i, u)];
          for (idx part = 0; a.cache && part < 4; ++part)
            a.cache[i * a.cache_stride + part * s.hidden + u] = a.cache_rest[(i * 4 + part) * line + u - whole];
        }
      std::swap(now, next);
    }

   private:
    idx at(idx item, idx unit) const { return unit / line * line * arguments.rows + item * line + unit % line; }
    template <class T>
    T* state_of(T* state, idx item) const {
      return state + ((first + item) * s.directions + direction) * s.hidden;
    }
  };
};

}  // namespace auris::detail
