// One window of pooling for `count` channels, whole lines.
namespace auris::detail::AURIS_SET {

/// The larger, NaN before all, the old one where they are equal.
[[gnu::always_inline]] inline vec larger(const vec& old, const vec& v) { return ((v > old) | (v != v)) ? v : old; }
/// y = the larger of y and x
inline void keep_larger(idx count, const float* x, float* y) noexcept {
  for (idx i = 0; i < count; i += lanes) store(y + i, larger(load(y + i), load(x + i)));
}
[[gnu::always_inline]] inline vec largest(const pool_window* w, const float* x) {
  vec most = splat(-__builtin_inff());
  for (idx a = 0; a < w->rows; ++a)
    for (idx b = 0; b < w->columns; ++b) most = larger(most, load(x + a * w->row + b * w->column));
  return most;
}

inline void max_of_window(idx count, const pool_window* w, const float* x, float* y) noexcept {
  for (idx c = 0; c < count; c += lanes) store(y + c, largest(w, x + c));
}
/// dx += dy at the first place of the largest value.
inline void max_of_window_backward(idx count, const pool_window* w, const float* x, const float* dy,
                                   float* dx) noexcept {
  for (idx c = 0; c < count; c += lanes) {
    const vec most = largest(w, x + c), g = load(dy + c);
    auto open = (most == most) | (most != most);  // where that place is still to come
    for (idx a = 0; a < w->rows; ++a)
      for (idx b = 0; b < w->columns; ++b) {
        const idx p = a * w->row + b * w->column + c;
        const vec v = load(x + p);
        const auto hit = open & ((v == most) | ((v != v) & (most != most)));
        store(dx + p, load(dx + p) + (hit ? g : vec{}));
        open &= ~hit;
      }
  }
}
inline void sum_of_window(idx count, const pool_window* w, const float* x, float share, float* y) noexcept {
  for (idx c = 0; c < count; c += lanes) {
    vec sum{};
    for (idx a = 0; a < w->rows; ++a)
      for (idx b = 0; b < w->columns; ++b) sum += load(x + a * w->row + b * w->column + c);
    store(y + c, sum * share);
  }
}
inline void sum_of_window_backward(idx count, const pool_window* w, const float* dy, float share, float* dx) noexcept {
  for (idx c = 0; c < count; c += lanes) {
    const vec g = load(dy + c) * share;
    for (idx a = 0; a < w->rows; ++a)
      for (idx b = 0; b < w->columns; ++b) {
        const idx p = a * w->row + b * w->column + c;
        store(dx + p, load(dx + p) + g);
      }
  }
}

}  // namespace auris::detail::AURIS_SET
