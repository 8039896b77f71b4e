// Steps of a GRU: see op::gru. Forward works on blocks of units: the sums of their three gates stay in registers.
namespace auris::detail::AURIS_SET {

/// Where the v-th of the vectors of units that are computed together starts, seen from the first.
template <class Stored>
constexpr idx unit_of(idx v) {
  return v / 2 * two_vectors<Stored> + v % 2 * second_vector<Stored>;
}

/// What U h is for `Vectors` vectors of units and `Rows` items, of one or two blocks at once: to [source][row][gate][vector].
/// The states' lines are `h_line` apart; the units' first column is `first`, seen from where the weights start.
template <int Sources, int Rows, int Vectors, class Stored>
[[gnu::always_inline]] inline void gru_sums(const Stored* const (&weights)[Sources],
                                            const float* const (&states)[Sources], idx first, idx hidden, idx h_line,
                                            float* to) {
  constexpr int gates = 3 * Vectors;
  vec sum[Sources][Rows][gates] = {};
  constexpr idx row = panel_row<Stored>;
  const Stored* w = weights[0];
  const float* h = states[0];
  const idx other_w = weights[Sources - 1] - w, other_h = states[Sources - 1] - h;
  const auto add = [&](idx u) __attribute__((always_inline)) {
#pragma GCC unroll 2
    for (int s = 0; s < Sources; ++s) {
      vec v[gates];
#pragma GCC unroll 12
      for (int g = 0; g < gates; ++g)
        v[g] = columns_from(w + s * other_w + (3 * u + g / Vectors) * row, first + unit_of<Stored>(g % Vectors));
#pragma GCC unroll 8
      for (int i = 0; i < Rows; ++i) {
        const vec state = splat(h[s * other_h + i * line + u]);
#pragma GCC unroll 12
        for (int g = 0; g < gates; ++g) sum[s][i][g] += state * v[g];
      }
    }
  };
  idx k = 0;
  for (; k + 4 <= hidden; k += 4, w += 4 * 3 * row) {
#pragma GCC unroll 4
    for (idx u = 0; u < 4; ++u) add(u);
    h += (k + 4) % line ? 4 : h_line - line + 4;
  }
  for (; k < hidden; ++k, w += 3 * row, ++h) add(0);
#pragma GCC unroll 2
  for (int s = 0; s < Sources; ++s)
#pragma GCC unroll 8
    for (int i = 0; i < Rows; ++i)
#pragma GCC unroll 12
      for (int g = 0; g < gates; ++g) store(to + ((s * Rows + i) * gates + g) * lanes, sum[s][i][g]);
}

/// h becomes h' for a vector of units of one item; U h of the gates is `next` apart.
template <class Stored>
inline void gru_gates(const gru_step_of_items<Stored>& s, idx item, idx unit, const float* sums, idx next) noexcept {
  const float* p = s.gates + item * s.gates_stride + unit / gru_units * 3 * gru_units + unit % gru_units;
  const vec r = gate(load(p) + load(sums)), z = gate(load(p + gru_units) + load(sums + next));
  const vec q = load(sums + 2 * next) + load(s.candidate_bias + unit);
  const vec n = candidate(load(p + 2 * gru_units) + r * q);
  const idx first = unit / line * line, at = first * s.rows + item * line + unit % line;
  const vec h = n + z * (load(s.before + at) - n);
  store(s.after + at, h);
  const bool whole = first + line <= s.hidden;
  if (whole) store(s.y + item * s.y_stride + unit, h);
  if (!s.cache || first >= s.hidden) return;
  float* const to = whole ? s.cache + item * s.cache_stride + unit : s.cache_rest + item * 4 * line + unit % line;
  const idx part = whole ? s.hidden : line;
  store(to, r);
  store(to + part, z);
  store(to + 2 * part, n);
  store(to + 3 * part, q);
}

template <int Rows, int Vectors, class Stored>
inline void gru_block(const gru_step_of_items<Stored>& s, idx block) noexcept {
  constexpr idx row = panel_row<Stored>;
  // One vector alone may be either half of pairs.
  constexpr idx end = Vectors == 1 ? gru_units : row, step = Vectors == 1 ? lanes : Vectors / 2 * two_vectors<Stored>;
  alignas(64) float sums[Rows * 3 * Vectors * lanes];
  for (idx item = 0; item < s.rows; item += Rows)
    for (idx u = 0; u < end; u += step) {
      const Stored* const w[1] = {s.weights + block * 3 * row * s.hidden + u % row};
      const float* const h[1] = {s.before + item * line};
      gru_sums<1, Rows, Vectors>(w, h, Vectors == 1 ? u / row * row : 0, s.hidden, s.rows * line, sums);
      for (idx i = 0; i < Rows && item + i < s.items; ++i)
        for (idx v = 0; v < Vectors; ++v)
          gru_gates(s, item + i, block * gru_units + u + unit_of<Stored>(v), sums + (3 * i * Vectors + v) * lanes,
                    Vectors * lanes);
    }
}

#if AURIS_LANES == 16
/// One block each of two steps of one item, whose sums keep the multipliers busy together.
template <class Stored>
inline void gru_two_blocks(const gru_step_of_items<Stored>& a, idx block_a, const gru_step_of_items<Stored>& b,
                           idx block_b) noexcept {
  constexpr idx row = panel_row<Stored>;
  alignas(64) float sums[2 * 3 * gru_units];
  const Stored* const w[2] = {a.weights + block_a * 3 * row * a.hidden, b.weights + block_b * 3 * row * b.hidden};
  const float* const h[2] = {a.before, b.before};
  gru_sums<2, 1, 2>(w, h, 0, a.hidden, line, sums);
  for (idx u = 0; u < gru_units; u += lanes) {
    gru_gates(a, 0, block_a * gru_units + u, sums + u, gru_units);
    gru_gates(b, 0, block_b * gru_units + u, sums + 3 * gru_units + u, gru_units);
  }
}
#endif

/// A step of one direction.
template <class Stored>
inline void gru_step(const gru_step_of_items<Stored>& s) noexcept {
  const auto place = [&](idx block) { return s.backwards ? s.blocks - 1 - block : block; };
  idx block = 0;
#if AURIS_LANES == 16
  for (; s.rows == 1 && block + 2 <= s.blocks; block += 2) gru_two_blocks(s, place(block), s, place(block + 1));
#endif
  for (; block < s.blocks; ++block) {
    const idx at = place(block);
    if (s.rows == 1)
      gru_block<1, AURIS_LANES == 16 ? 2 : 4>(s, at);
    else if (s.rows == 2)
      gru_block<2, 2>(s, at);
    else if (AURIS_LANES == 16 && s.rows == 8)
      gru_block<AURIS_LANES == 16 ? 8 : 4, 1>(s, at);
    else
      gru_block<4, AURIS_LANES == 16 ? 2 : 1>(s, at);
  }
}
/// A step of both directions, for one item and one block of units.
template <class Stored>
inline void gru_step_of_two(const gru_step_of_items<Stored>& a, const gru_step_of_items<Stored>& b) noexcept {
#if AURIS_LANES == 16
  gru_two_blocks(a, 0, b, 0);
#else
  gru_step(a);
  gru_step(b);
#endif
}

/// dh (the gradient of h' but for dy) becomes the part of h's gradient that passes by the gates; `before` is h, null for zero.
inline void gru_gate_gradients(idx hidden, const float* r, const float* z, const float* n, const float* q,
                               const float* before, const float* dy, float* dh, float* dn, float* dr, float* dz,
                               float* dq) noexcept {
  for (idx i = 0; i < hidden; i += lanes) {
    const vec vr = load(r + i), vz = load(z + i), vn = load(n + i);
    const vec d = load(dh + i) + load(dy + i), by_candidate = d * (1.f - vz) * (1.f - vn * vn);
    const vec by_state = before ? d * (load(before + i) - vn) : -d * vn;
    store(dn + i, by_candidate);
    store(dr + i, by_candidate * load(q + i) * vr * (1.f - vr));
    store(dz + i, by_state * vz * (1.f - vz));
    store(dq + i, by_candidate * vr);
    store(dh + i, d * vz);
  }
}

}  // namespace auris::detail::AURIS_SET
