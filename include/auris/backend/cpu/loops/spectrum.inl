// Power spectra of frames that stand side by side.
namespace auris::detail::AURIS_SET {

/// The power of bins k and half - k from a = Z[k] / 2 and b = Z[half - k] / 2 of an even transform: X[k] = E + w^k O,
/// X[half - k] = conj(E - w^k O), E = a + conj b, O = (a - conj b) / i.
[[gnu::always_inline]] inline void power_of_pair(const complex_vector& a, const complex_vector& b, const float* root,
                                                 float* low, float* high) {
  const complex_vector even{a.real + b.real, a.imaginary - b.imaginary};
  const complex_vector odd = times({a.imaginary + b.imaginary, b.real - a.real}, root);
  const complex_vector x = even + odd, y = even - odd;
  store(low, x.real * x.real + x.imaginary * x.imaginary);
  store(high, y.real * y.real + y.imaginary * y.imaginary);
}
/// Of an odd one, that of the bin that exists: k or length - k.
[[gnu::always_inline]] inline void power_of_one(const complex_vector& a, const complex_vector& b, idx length, idx k,
                                                float* power) {
  const bool low = 2 * k < length;
  const complex_vector& z = low ? a : b;
  store(power + (low ? k : length - k) * lanes, z.real * z.real + z.imaginary * z.imaginary);
}

/// The power of the numbers k = first + step d from a on, d = 0..part-1 in the order of its digits, with the mirror images
/// of the first `count` of them: these end at b + part - 1, in reverse order.
[[gnu::noinline]] inline void powers_of_pairs(const fft_task& t, int level, const float* a, const float* b, idx part,
                                              idx count, idx first, idx step) noexcept {
  const fft_radices& radices = *t.radices;
  const int last = radices.count - 1;
  const idx length = radices.length, run = level <= last ? radices.radix[last] : 1, stride = step * (part / run);
  const bool odd = t.fft % 2 != 0;
  const float* roots = t.roots;
  float* power = t.power;
  idx digit[64];
  for (int l = level; l < last; ++l) digit[l] = 0;
  b += (part - 1) * complex_lanes;
  for (idx i = 0, begin = first; i < count; i += run) {
    idx k = begin;
    for (idx d = 0; d < run && i + d < count; ++d, k += stride, a += complex_lanes, b -= complex_lanes)
      if (odd)
        power_of_one(get(a), get(b), length, k, power);
      else
        power_of_pair(get(a), get(b), roots + 2 * k, power + k * lanes, power + (length - k) * lanes);
    idx weight = stride;
    for (int l = last - 1; l >= level; --l) {
      weight /= radices.radix[l];
      begin += weight;
      if (++digit[l] < radices.radix[l]) break;
      begin -= weight * digit[l];
      digit[l] = 0;
    }
  }
}

/// Numbers of which two sets stay in the nearest cache.
inline constexpr idx near_length = 4096 / complex_lanes;

/// The power of parts a and b (or a twice) that mirror each other, as above, behind the transform that `level` and what follows
/// still have to do, unless that is `done`.
inline void finish_parts(const fft_task& t, int level, float* a, float* b, idx part, idx first, idx step,
                         bool done) noexcept {
  if (done || part <= near_length) {
    if (!done) transform_near(t, a, level, part);
    if (!done && a != b) transform_near(t, b, level, part);
    return powers_of_pairs(t, level, a, b, part, a == b ? (part + 1) / 2 : part, first, step);
  }
  const idx p = t.radices->radix[level], next = part / p, apart = next * complex_lanes;
  pass(t, nullptr, a, p, 1, next, apart);
  if (a != b) pass(t, nullptr, b, p, 1, next, apart);
  for (idx j = 0; j < (a == b ? (p + 1) / 2 : p); ++j)
    finish_parts(t, level + 1, a + j * apart, b + (p - 1 - j) * apart, next, first + step * j, step * p, false);
}

/// The power spectra (bins, lanes) of frames, to t.power.
inline void power_of_frames(const fft_task& t, const float* frame) noexcept {
  // Numbers k that leave j when divided by a radix lie in part j; their mirror images leave radix - j, in the part after the
  // last but j, or 0.
  idx length = t.radices->length, step = 1;
  bool done = false;
  for (int level = 0; level < t.radices->count; ++level) {
    const idx p = t.radices->radix[level], part = length / p, apart = part * complex_lanes;
    if (level > 0 && !done && length <= near_length) {
      transform_near(t, t.data, level, length);
      done = true;
    }
    if (!done) pass(t, level == 0 ? frame : nullptr, t.data, p, 1, part, apart);
    for (idx j = 1; 2 * j <= p; ++j)
      finish_parts(t, level + 1, t.data + j * apart, t.data + (p - j) * apart, part, step * j, step * p, done);
    step *= p;
    length = part;
  }
  powers_of_pairs(t, t.radices->count, t.data, t.data, 1, 1, 0, 1);
}

/// Magnitudes of powers.
inline void take_roots(const fft_task& t, idx begin, idx end) noexcept {
  for (idx i = begin * lanes; i < end * lanes; i += lanes) store(t.power + i, root(load(t.power + i)));
}
/// Spectra (frames, bins) of frames side by side: powers or, with `magnitude`, their roots.
inline void write_spectra(const fft_task* t, const float* frames, idx count, bool magnitude, float* y) noexcept {
  const idx bins = t->fft / 2 + 1;
  for (idx f = 0; f < count; f += lanes) {
    power_of_frames(*t, frames + f);
    if (magnitude) take_roots(*t, 0, bins);
    write_rows(count - f, bins, t->power, y + f * bins);
  }
}

}  // namespace auris::detail::AURIS_SET
