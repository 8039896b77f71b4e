namespace auris::detail::AURIS_SET {

/// sum[0] = a . b in an order that depends on `count` only, which may be any.
inline void dot(idx count, const float* a, const float* b, float* sum) noexcept {
  vec even{}, odd{};
  idx i = 0;
  for (; i + 2 * lanes <= count; i += 2 * lanes) {
    even += load(a + i) * load(b + i);
    odd += load(a + i + lanes) * load(b + i + lanes);
  }
  for (; i + lanes <= count; i += lanes) even += load(a + i) * load(b + i);
  float rest = 0;
  for (; i < count; ++i) rest += a[i] * b[i];
  sum[0] = sum_of(even + odd) + rest;
}

}  // namespace auris::detail::AURIS_SET
