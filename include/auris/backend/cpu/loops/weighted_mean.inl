// Weighted means of 16 columns whose rows are `stride` apart: see op::weighted_mean.
namespace auris::detail::AURIS_SET {

/// sums (2, 16) += sums over the rows of weight x, and of weight.
inline void add_weighted_rows(idx rows, idx stride, const float* x, const float* weight, float* sums) noexcept {
  for (idx i = 0; i < line; i += lanes) {
    vec values = load(sums + i), weights = load(sums + line + i);
    for (idx k = i; k < rows * stride + i; k += stride) {
      const vec w = load(weight + k);
      values += w * load(x + k);
      weights += w;
    }
    store(sums + i, values);
    store(sums + line + i, weights);
  }
}
/// dx = share weight, dweight = share (x - mean); either may be null.
inline void weighted_rows_backward(idx rows, idx stride, const float* x, const float* weight, const float* share,
                                   const float* mean, float* dx, float* dweight) noexcept {
  for (idx i = 0; i < line; i += lanes) {
    const vec by = load(share + i), centre = load(mean + i);
    for (idx k = i; k < rows * stride + i; k += stride) {
      const vec v = load(x + k), w = load(weight + k);
      if (dx) store(dx + k, by * w);
      if (dweight) store(dweight + k, by * (v - centre));
    }
  }
}

}  // namespace auris::detail::AURIS_SET
