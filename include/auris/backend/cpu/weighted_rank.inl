#include <auris/backend/cpu/blocks.hpp>
#include <auris/backend/cpu/merge.hpp>
#include <auris/backend/cpu/weighted_rank.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::weighted_rank, cpu, float>::forward(const R& r, const op::weighted_rank::size& s,
                                                                 const float* x, float* y, float* share) noexcept {
  float* const parts = r.workspace;
  double all = 0, power = 1;
  for (idx j = 0; j < s.length; ++j, power *= s.ratio) all += power;
  power = 1;
  for (idx j = 0; j < s.length; ++j, power *= s.ratio) parts[j] = static_cast<float>(power / all);

  for_ranges(*r.queue, s.outer * s.inner, detail::row_grain(8 * s.length), [&](idx begin, idx end, int worker) {
    auto* const room = reinterpret_cast<word*>(r.workspace + s.length + worker * (4 * s.length + digits));
    for (idx column = begin; column < end; ++column) {
      const idx first = column / s.inner * s.length * s.inner + column % s.inner;
      sort(s.length, x + first, s.inner, room);
      const word* const place = room + s.length;
      const auto at = [&](idx j) { return first + static_cast<idx>(place[j]) * s.inner; };
      if (y) y[column] = detail::ordered_sum<float>(s.length, [&](idx j) { return parts[j] * x[at(j)]; });
      for (idx j = 0; share && j < s.length; ++j) share[at(j)] = parts[j];
    }
  });
}

AURIS_KERNEL void kernel<op::weighted_rank, cpu, float>::backward(const R& r, const op::weighted_rank::size& s,
                                                                  const float* share, const float* dy,
                                                                  float* dx) noexcept {
  kernel<op::multiply, cpu, float>::forward(r, {s.outer, s.length, s.inner, true}, share, dy, dx);
}

/// The places of a column's values, the largest first, to room[length, 2 length); room has 4 * length + digits words.
AURIS_KERNEL void kernel<op::weighted_rank, cpu, float>::sort(idx length, const float* x, idx stride,
                                                              word* room) noexcept {
  word *from = room + 2 * length, *to = room, *const count = room + 4 * length;
  for (idx l = 0; l < length; ++l) {
    from[l] = key(x[l * stride]);
    from[length + l] = static_cast<word>(l);
  }
  for (int pass = 0; pass < passes; ++pass) {
    const auto digit = [&](idx l) { return from[l] >> (pass * bits) & (digits - 1); };
    for (idx d = 0; d < digits; ++d) count[d] = 0;
    for (idx l = 0; l < length; ++l) ++count[digit(l)];
    word before = 0;
    for (idx d = 0; d < digits; ++d) {
      const word own = count[d];
      count[d] = before;
      before += own;
    }
    for (idx l = 0; l < length; ++l) {
      const word place = count[digit(l)]++;
      to[place] = from[l];
      to[length + place] = from[length + l];
    }
    word* const sorted = to;
    to = from;
    from = sorted;
  }
}

/// Falls where values grow; NaN has the smallest, both zeros the same.
AURIS_KERNEL kernel<op::weighted_rank, cpu, float>::word kernel<op::weighted_rank, cpu, float>::key(float v) noexcept {
  if (v != v) return 0;
  const word b = __builtin_bit_cast(word, v + 0.0f);
  return b >> 31 ? b : ~(b | 0x80000000u);
}

}  // namespace auris
