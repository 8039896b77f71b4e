#pragma once
#include <auris/backend/cpu/product.hpp>
#include <auris/op/gru.hpp>
#include <type_traits>

namespace auris::detail {

/// The weights of all directions as forward uses them: the gates of the same gru_units units stand side by side, filled up
/// with units of zeros.
///
/// First the input weights as b of a product with one panel for each direction, block of units and gate; then for each
/// direction the recurrent weights, [block][hidden][3 gates][gru_units]; then the biases, [direction][block][3 gates][gru_units],
/// with those of U h that the gates add anyway; then what is left of these, [direction][block][gru_units]. Weights are stored as
/// floats or as pairs, biases are floats.
template <class Stored>
struct gru_weights {
  static constexpr idx blocks(const op::gru::size& s) { return (s.hidden + gru_units - 1) / gru_units; }
  /// Gates of one direction, and of all.
  static constexpr idx gates(const op::gru::size& s) { return blocks(s) * 3 * gru_units; }
  static constexpr idx all_gates(const op::gru::size& s) { return s.directions * gates(s); }

  static constexpr idx recurrent(const op::gru::size& s) { return product::packed<Stored>(all_gates(s), s.in); }
  static constexpr idx bias(const op::gru::size& s) {
    return recurrent(s) + product::packed<Stored>(all_gates(s), s.hidden);
  }
  static constexpr idx candidate_bias(const op::gru::size& s) { return bias(s) + all_gates(s); }
  static constexpr idx size(const op::gru::size& s) { return candidate_bias(s) + s.directions * blocks(s) * gru_units; }

  static void pack(executor& e, const op::gru::size& s, const op::gru::weights<const float>* w, float* to) noexcept {
    product::pack(e, all_gates(s), s.in, input_weights{s, w}, stored(to));
    for_blocks(e, s.directions * blocks(s), [&](idx block, int) {
      const op::gru::weights<const float>& of = w[block / blocks(s)];
      const idx unit = block % blocks(s) * gru_units, kept = units_from(s, unit);
      const recurrent_weights of_units{s.hidden, unit, kept, of.recurrent};
      of_units.write(stored(to + recurrent(s)) + block * 3 * panel_row<Stored> * s.hidden);
      for (idx gate = 0; gate < 3; ++gate) {
        const idx first = gate * s.hidden + unit;
        float* const bias_to = to + bias(s) + (block * 3 + gate) * gru_units;
        for (idx u = 0; u < gru_units; ++u)
          bias_to[u] = u < kept ? of.input_bias[first + u] + (gate < 2 ? of.recurrent_bias[first + u] : 0) : 0;
      }
      float* const left = to + candidate_bias(s) + block * gru_units;
      for (idx u = 0; u < gru_units; ++u) left[u] = u < kept ? of.recurrent_bias[2 * s.hidden + unit + u] : 0;
    });
  }

  /// Where stored weights are among the scalars.
  template <class P>
  static auto stored(P* p) {
    if constexpr (std::is_same_v<Stored, float>)
      return p;
    else
      return Stored::in(p);
  }

 private:
  static constexpr idx units_from(const op::gru::size& s, idx unit) {
    return s.hidden - unit < gru_units ? s.hidden - unit : gru_units;
  }

  /// The recurrent weights of the units of a block, as it wants them.
  struct recurrent_weights {
    idx hidden, unit, kept;
    const float* recurrent;

    void rows(idx from, idx count, float* to) const {
      if (kept < gru_units)
        for (idx i = 0; i < 3 * gru_units * count; ++i) to[i] = 0;
      for (idx gate = 0; gate < 3; ++gate)
        transpose(kept, count, recurrent + (gate * hidden + unit) * hidden + from, hidden, to + gate * gru_units,
                  3 * gru_units);
    }
    void write(float* to) const { rows(0, hidden, to); }
    void write(bf16_pair* to) const {
      alignas(64) float few[line * 3 * gru_units];
      for (idx from = 0; from < hidden; from += line) {
        const idx count = hidden - from < line ? hidden - from : line;
        rows(from, count, few);
        to = bf16_pair::write(few, 3 * count, to);
      }
    }
  };

  static_assert(gru_units == product_width);
  /// The input weights as b.
  struct input_weights {
    op::gru::size size;
    const op::gru::weights<const float>* w;

    void panels(idx from, idx depth, idx column, idx columns, float* to) const {
      const idx end = (column + columns) / product_width;
      for (idx panel = column / product_width; panel < end; ++panel, to += depth * product_width) {
        const idx block = panel / 3, unit = block % blocks(size) * gru_units;
        const matrix_columns of_direction{w[block / blocks(size)].input, size.in};
        of_direction.panels(from, depth, panel % 3 * size.hidden + unit, units_from(size, unit), to);
      }
    }
  };
};

}  // namespace auris::detail
