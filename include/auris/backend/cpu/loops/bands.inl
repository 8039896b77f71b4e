// Bands of spectra: weighted sums over lines of as many frames as a vector has lanes.
namespace auris::detail::AURIS_SET {

/// sum_i weight[i] x[i] over lines x (count, lanes)
[[gnu::always_inline]] inline vec weighted_sum(idx count, const float* weight, const float* x) {
  vec even{}, odd{};
  idx i = 0;
  for (; i + 2 <= count; i += 2) {
    even += weight[i] * load(x + i * lanes);
    odd += weight[i + 1] * load(x + (i + 1) * lanes);
  }
  if (i < count) even += weight[i] * load(x + i * lanes);
  return even + odd;
}

/// Bands (count, bands) of lines x (bins, lanes).
[[gnu::noinline]] inline void bands_of_lines(const band_task& b, const float* x, idx count, float* y) noexcept {
  for (idx i = 0; i < b.bands; ++i) {
    vec v = weighted_sum(b.offset[i + 1] - b.offset[i], b.weight + b.offset[i], x + b.first[i] * lanes);
    if (b.compress) v = natural_logarithm((v <= b.floor ? splat(b.low) : v) + b.shift) * b.scale;
    store(b.sums + i * lanes, v);
  }
  write_rows(count, b.bands, b.sums, y);
}

/// Bands (frames, bands) of the spectra of frames side by side.
inline void write_bands(const fft_task* t, const band_task* b, const float* frames, idx count, float* y) noexcept {
  for (idx f = 0; f < count; f += lanes) {
    power_of_frames(*t, frames + f);
    if (b->magnitude) take_roots(*t, b->begin, b->end);
    bands_of_lines(*b, t->power, count - f, y + f * b->bands);
  }
}
/// Bands of spectra (frames, bins) that are there; `lines` (bins, lanes) is scratch memory.
inline void sum_bands(const band_task* b, idx count, idx bins, const float* x, float* lines, float* y) noexcept {
  for (idx f = 0; f < count; f += lanes) {
    read_rows(count - f, bins, x + f * bins, lines);
    bands_of_lines(*b, lines, count - f, y + f * b->bands);
  }
}
/// y (rows, sums) = x (rows, count) times the transpose of weight (sums, count); `lines` (count, lanes) and `results` (sums,
/// lanes) are scratch memory.
inline void sum_rows(idx rows, idx count, idx sums, const float* x, const float* weight, float* lines, float* results,
                     float* y) noexcept {
  for (idx r = 0; r < rows; r += lanes) {
    read_rows(rows - r, count, x + r * count, lines);
    for (idx k = 0; k < sums; ++k) store(results + k * lanes, weighted_sum(count, weight + k * count, lines));
    write_rows(rows - r, sums, results, y + r * sums);
  }
}

}  // namespace auris::detail::AURIS_SET
