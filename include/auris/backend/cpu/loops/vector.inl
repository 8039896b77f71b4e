// Vectors of the instruction set: arithmetic, comparison and `?:` work lane by lane.
namespace auris::detail::AURIS_SET {

inline constexpr idx lanes = AURIS_LANES;
using vec [[gnu::vector_size(4 * AURIS_LANES)]] = float;
using integers [[gnu::vector_size(4 * AURIS_LANES)]] = int;

[[gnu::always_inline]] inline vec load(const float* p) {
  vec v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
[[gnu::always_inline]] inline void store(float* p, const vec& v) { __builtin_memcpy(p, &v, sizeof v); }
[[gnu::always_inline]] inline vec splat(float a) { return a - vec{}; }

/// The columns [j, j + lanes) of a row of a panel.
[[gnu::always_inline]] inline vec columns_from(const float* row, idx j) { return load(row + j); }
[[gnu::always_inline]] inline vec columns_from(const bf16_pair* row, idx j) {
  integers pairs;
  __builtin_memcpy(&pairs, row + j % bf16_pair::apart, sizeof pairs);
  pairs = j < bf16_pair::apart ? pairs << 16 : pairs & -0x10000;
  vec v;
  __builtin_memcpy(&v, &pairs, sizeof v);
  return v;
}
/// Of two vectors that are read together: how many columns the second lies behind the first. That of pairs is in the same place.
template <class Stored>
inline constexpr idx second_vector = lanes;
template <>
inline constexpr idx second_vector<bf16_pair> = bf16_pair::apart;
/// What both take of a row, whose place j is where column j is.
template <class Stored>
inline constexpr idx two_vectors = 2 * lanes;
template <>
inline constexpr idx two_vectors<bf16_pair> = lanes;

/// Sum of the lanes, in a fixed order.
[[gnu::always_inline]] inline float sum_of(const vec& v) {
  float lane[lanes];
  store(lane, v);
  for (idx half = lanes / 2; half > 0; half /= 2)
    for (idx i = 0; i < half; ++i) lane[i] += lane[i + half];
  return lane[0];
}

/// Square root, rounded correctly.
[[gnu::always_inline]] inline vec root(const vec& v) {
#if AURIS_LANES == 16 && defined(__clang__)
  return __builtin_ia32_sqrtps512(v, 4);
#elif AURIS_LANES == 16
  return __builtin_ia32_sqrtps512_mask(v, v, static_cast<short>(-1), 4);
#elif AURIS_LANES == 8
  return __builtin_ia32_sqrtps256(v);
#elif defined(__x86_64__)
  return __builtin_ia32_sqrtps(v);
#else
  vec y = v;
  for (idx i = 0; i < lanes; ++i) y[i] = __builtin_sqrtf(v[i]);
  return y;
#endif
}

/// Within each `Group` lanes, the first or the second half of a's and b's blocks in turn: a[0] b[0] a[1] b[1] ...
template <int Half, int Group, int Block>
constexpr int interleaved(int lane) {
  const int place = lane % Group / Block, from = Half * (Group / Block / 2) + place / 2;
  return lane - lane % Group + from * Block + lane % Block + (place % 2 != 0 ? AURIS_LANES : 0);
}
template <int Half, int Group, int Block, std::size_t... I>
[[gnu::always_inline]] inline vec interleave(const vec& a, const vec& b, std::index_sequence<I...>) {
#if defined(__clang__)
  return __builtin_shufflevector(a, b, (interleaved<Half, Group, Block>(static_cast<int>(I)))...);
#else  // the form that nvcc hands on to g++ unharmed
  return __builtin_shuffle(a, b, integers{(interleaved<Half, Group, Block>(static_cast<int>(I)))...});
#endif
}
/// Transposes the blocks of `Rows` vectors, each `Step`th from r on.
template <int Rows, int Step, int Group, int Block>
[[gnu::always_inline]] inline void transpose_blocks(vec* r) {
  using lane_index = std::make_index_sequence<AURIS_LANES>;
#pragma GCC unroll 2
  for (int s = 1; s < Rows; s *= 2) {
    vec t[Rows];
#pragma GCC unroll 2
    for (int i = 0; i < Rows / 2; ++i) {
      t[2 * i] = interleave<0, Group, Block>(r[i * Step], r[(i + Rows / 2) * Step], lane_index{});
      t[2 * i + 1] = interleave<1, Group, Block>(r[i * Step], r[(i + Rows / 2) * Step], lane_index{});
    }
#pragma GCC unroll 4
    for (int i = 0; i < Rows; ++i) r[i * Step] = t[i];
  }
}
/// Transposes a square of lanes x lanes values: within quarters of 16 bytes first, which every instruction set has quick
/// shuffles for.
[[gnu::noinline]] inline void transpose_lanes(const float* x, idx x_stride, float* y, idx y_stride) noexcept {
  constexpr int n = AURIS_LANES;
  vec r[n];
#pragma GCC unroll 16
  for (int i = 0; i < n; ++i) r[i] = load(x + i * x_stride);
#pragma GCC unroll 4
  for (int i = 0; i < n; i += 4) transpose_blocks<4, 1, 4, 1>(r + i);
#pragma GCC unroll 4
  for (int i = 0; i < 4; ++i) transpose_blocks<n / 4, 4, n, 4>(r + i);
#pragma GCC unroll 16
  for (int i = 0; i < n; ++i) store(y + i * y_stride, r[i]);
}
/// Transposes a square of 16 x 16 values: y[j * y_stride + i] = x[i * x_stride + j].
inline void transpose_square(const float* x, idx x_stride, float* y, idx y_stride) noexcept {
  for (idx i = 0; i < line; i += lanes)
    for (idx j = 0; j < line; j += lanes)
      transpose_lanes(x + i * x_stride + j, x_stride, y + j * y_stride + i, y_stride);
}

}  // namespace auris::detail::AURIS_SET
