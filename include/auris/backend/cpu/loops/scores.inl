// Softmax of scores that come block by block, product_width columns side by side: see op::attention.
namespace auris::detail::AURIS_SET {

/// 2^x, zero below the smallest normal number, for x that is zero at most, or not a number.
[[gnu::always_inline]] inline vec share_of_largest(const vec& x) { return x < -126.f ? vec{} : power_of_two_inside(x); }
/// Scores (keys, product_width) become 2^(scores - most). `most` and `sum` are those of the blocks before and become those of
/// all; `factor` is what sums of the blocks before are to be multiplied with.
inline void shares_of_scores(idx keys, float* scores, float* most, float* sum, float* factor) noexcept {
  constexpr int vectors = 2;  // side by side, so that none waits for the one before
  for (idx j = 0; j < product_width; j += vectors * lanes) {
    vec peak[vectors], total[vectors];
#pragma GCC unroll 2
    for (int q = 0; q < vectors; ++q) peak[q] = load(most + j + q * lanes);
    for (idx k = j; k < keys * product_width; k += product_width)
#pragma GCC unroll 2
      for (int q = 0; q < vectors; ++q) {
        const vec v = load(scores + k + q * lanes);
        peak[q] = v > peak[q] ? v : peak[q];
      }
#pragma GCC unroll 2
    for (int q = 0; q < vectors; ++q) {
      const vec f = share_of_largest(load(most + j + q * lanes) - peak[q]);
      total[q] = f * load(sum + j + q * lanes);
      store(factor + j + q * lanes, f);
      store(most + j + q * lanes, peak[q]);
    }
    for (idx k = j; k < keys * product_width; k += product_width)
#pragma GCC unroll 2
      for (int q = 0; q < vectors; ++q) {
        const vec e = share_of_largest(load(scores + k + q * lanes) - peak[q]);
        total[q] += e;
        store(scores + k + q * lanes, e);
      }
#pragma GCC unroll 2
    for (int q = 0; q < vectors; ++q) store(sum + j + q * lanes, total[q]);
  }
}
/// x (rows, product_width) times `factor` (product_width).
inline void scale_columns(idx rows, const float* factor, float* x) noexcept {
  for (idx j = 0; j < product_width; j += lanes) {
    const vec f = load(factor + j);
    for (idx k = j; k < rows * product_width; k += product_width) store(x + k, load(x + k) * f);
  }
}

}  // namespace auris::detail::AURIS_SET
