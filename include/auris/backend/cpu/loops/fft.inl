// Fourier transforms of as many frames at once as a vector has lanes: in place, by decimation in frequency, depth first.
namespace auris::detail::AURIS_SET {

/// The next number of the first pass: two samples as real and imaginary part, or one, under the window.
template <int P>
[[gnu::always_inline]] inline complex_vector source(const float* frame, const fft_sample*& next, bool paired) {
  const vec real = load(frame + next->place) * next->weight;
  ++next;
  if (P % 2 != 0 && !paired) return {real, splat(0.f)};
  const vec imaginary = load(frame + next->place) * next->weight;
  ++next;
  return {real, imaginary};
}

/// One pass over `blocks` of P * part numbers: transforms of P numbers that are `part` apart, times roots. The first pass reads
/// frames.
template <int P, bool First>
[[gnu::noinline]] void radix_pass(const fft_task& t, const float* frame, float* data, idx blocks, idx part,
                                  idx apart) noexcept {
  const idx turn = 2 * (t.fft / (P * part));
  const float* roots = t.roots;
  const bool paired = t.fft % 2 == 0;
  const fft_sample* next = t.samples;
  for (idx b = 0; b < blocks; ++b, data += P * part * complex_lanes)
    for (idx r = 0; r < part; ++r) {
      complex_vector z[P];
      float* to = data + r * complex_lanes;
#pragma GCC unroll 8
      for (int j = 0; j < P; ++j) z[j] = First ? source<P>(frame, next, paired) : get(to + j * apart);
      transform(z);
      put(to, z[0]);
      if (r == 0) {
#pragma GCC unroll 8
        for (int j = 1; j < P; ++j) put(to + j * apart, z[j]);
      } else {
        const float* root = roots + r * turn;
#pragma GCC unroll 8
        for (int j = 1; j < P; ++j, root += r * turn) put(to + j * apart, times(z[j], root));
      }
    }
}
/// The same for any number of numbers, by the formula.
inline void any_pass(const fft_task& t, const float* frame, float* data, idx p, idx blocks, idx part,
                     idx apart) noexcept {
  const idx of_all = 2 * (t.fft / (p * part)), of_some = 2 * (t.fft / p);
  const bool paired = t.fft % 2 == 0;
  const fft_sample* next = t.samples;
  for (idx b = 0; b < blocks; ++b, data += p * part * complex_lanes)
    for (idx r = 0; r < part; ++r) {
      float* to = data + r * complex_lanes;
      for (idx j = 0; j < p; ++j)
        put(t.scratch + j * complex_lanes, frame ? source<1>(frame, next, paired) : get(to + j * apart));
      for (idx q = 0; q < p; ++q) {
        complex_vector sum = get(t.scratch);
        for (idx j = 1; j < p; ++j)
          sum = sum + times(get(t.scratch + j * complex_lanes), t.roots + j * q % p * of_some);
        put(to + q * apart, times(sum, t.roots + r * q * of_all));
      }
    }
}

template <int P>
[[gnu::always_inline]] inline void radix_pass(const fft_task& t, const float* frame, float* data, idx blocks, idx part,
                                              idx apart) noexcept {
  if (frame)
    radix_pass<P, true>(t, frame, data, blocks, part, apart);
  else
    radix_pass<P, false>(t, frame, data, blocks, part, apart);
}
[[gnu::noinline]] inline void pass(const fft_task& t, const float* frame, float* data, idx p, idx blocks, idx part,
                                   idx apart) noexcept {
  switch (p) {
    case 2:
      return radix_pass<2>(t, frame, data, blocks, part, apart);
    case 3:
      return radix_pass<3>(t, frame, data, blocks, part, apart);
    case 4:
      return radix_pass<4>(t, frame, data, blocks, part, apart);
    case 5:
      return radix_pass<5>(t, frame, data, blocks, part, apart);
    case 7:
      return radix_pass<7>(t, frame, data, blocks, part, apart);
    case 8:
      return radix_pass<8>(t, frame, data, blocks, part, apart);
    default:
      return any_pass(t, frame, data, p, blocks, part, apart);
  }
}

/// Transforms `length` numbers, few enough to stay in a near cache, with the radices from `level` on; the result is in the order
/// of their digits.
inline void transform_near(const fft_task& t, float* data, int level, idx length) noexcept {
  idx blocks = 1, part = length;
  for (; level < t.radices->count; ++level) {
    const idx p = t.radices->radix[level];
    part /= p;
    pass(t, nullptr, data, p, blocks, part, part * complex_lanes);
    blocks *= p;
  }
}

}  // namespace auris::detail::AURIS_SET
