// Softmax over the columns of (length, 16): see op::softmax. In place.
namespace auris::detail::AURIS_SET {

[[gnu::always_inline]] inline vec largest_of_column(idx length, const float* x) {
  vec most = load(x);
  for (idx k = 1; k < length; ++k) {
    const vec v = load(x + k * line);
    most = v > most ? v : most;
  }
  return most;
}

inline void softmax_columns(idx length, float* x) noexcept {
  for (idx i = 0; i < line; i += lanes) {
    const vec most = largest_of_column(length, x + i);
    vec sum{};
    for (idx k = 0; k < length; ++k) {
      const vec v = exponential(load(x + k * line + i) - most);
      sum += v;
      store(x + k * line + i, v);
    }
    for (idx k = 0; k < length; ++k) store(x + k * line + i, load(x + k * line + i) / sum);
  }
}
inline void log_softmax_columns(idx length, float* x) noexcept {
  for (idx i = 0; i < line; i += lanes) {
    const vec most = largest_of_column(length, x + i);
    vec sum{};
    for (idx k = 0; k < length; ++k) sum += exponential(load(x + k * line + i) - most);
    const vec by = most + natural_logarithm(sum);
    for (idx k = 0; k < length; ++k) store(x + k * line + i, load(x + k * line + i) - by);
  }
}
/// dy becomes dx.
inline void softmax_columns_backward(idx length, const float* y, float* dy) noexcept {
  for (idx i = 0; i < line; i += lanes) {
    vec sum{};
    for (idx k = i; k < length * line; k += line) sum += load(y + k) * load(dy + k);
    for (idx k = i; k < length * line; k += line) store(dy + k, load(y + k) * (load(dy + k) - sum));
  }
}
inline void log_softmax_columns_backward(idx length, const float* y, float* dy) noexcept {
  for (idx i = 0; i < line; i += lanes) {
    vec sum{};
    for (idx k = i; k < length * line; k += line) sum += load(dy + k);
    for (idx k = i; k < length * line; k += line) store(dy + k, load(dy + k) - exponential(load(y + k)) * sum);
  }
}

}  // namespace auris::detail::AURIS_SET
