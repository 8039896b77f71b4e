#pragma once
#include <auris/core/shape.hpp>
#include <type_traits>
#include <utility>

namespace auris::detail {

// The widest vectors of the instruction set that this file is compiled for, by the vector extensions of GCC and clang,
// and the rows of a register tile of the product: rows x 2 accumulators, two vectors of b and one of a fit in the registers.
#if defined(__AVX512F__)
inline constexpr int vector_bytes = 64, tile_rows = 12;
#elif defined(__AVX__)
inline constexpr int vector_bytes = 32, tile_rows = 6;
#else
inline constexpr int vector_bytes = 16, tile_rows = 4;
#endif
inline constexpr int few_rows = (tile_rows + 2) / 3;  ///< of the smaller tile: its sums just keep the multipliers busy

/// A native vector of T: arithmetic, comparison and `?:` work lane by lane.
template <class T>
struct vector_of {
  using type [[gnu::vector_size(vector_bytes)]] = T;
};
template <class T>
using vec = typename vector_of<T>::type;
template <class T>
inline constexpr idx lanes = vector_bytes / static_cast<int>(sizeof(T));

template <class T>
[[gnu::always_inline]] inline vec<T> load(const T* p) {
  vec<T> v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
template <class T>
[[gnu::always_inline]] inline void store(T* p, const vec<T>& v) {
  __builtin_memcpy(p, &v, sizeof v);
}
/// Of the first `count` values only; the other lanes are zero. Not inlined, as it is rare and every copy has to be compiled.
template <class T>
[[gnu::noinline]] inline vec<T> load(const T* p, idx count) {
  T lane[lanes<T>] = {};
  for (idx i = 0; i < count; ++i) lane[i] = p[i];
  return load(lane);
}
template <class T>
[[gnu::noinline]] inline void store(T* p, const vec<T>& v, idx count) {
  for (idx i = 0; i < count; ++i) p[i] = v[i];
}
template <class T>
[[gnu::always_inline]] inline vec<T> splat(T a) {
  return a - vec<T>{};
}

/// Sum of the lanes, in a fixed order.
template <class T>
[[gnu::always_inline]] inline T sum_of(const vec<T>& v) {
  T lane[lanes<T>];
  store(lane, v);
  for (idx half = lanes<T> / 2; half > 0; half /= 2)
    for (idx i = 0; i < half; ++i) lane[i] += lane[i + half];
  return lane[0];
}

/// Calls work(i, load, store) for vectors that start at i, from begin to end; load and store take care of the last one,
/// which may be shorter.
template <class T, class Work>
[[gnu::always_inline]] inline void for_vectors(idx begin, idx end, const Work& work) {
  for (idx i = begin; i < end; i += lanes<T>) {
    const idx left = end - i;
    work(
        i, [left](const T* p) { return left >= lanes<T> ? load(p) : load(p, left); },
        [left](T* p, const vec<T>& v) { left >= lanes<T> ? store<T>(p, v) : store<T>(p, v, left); });
  }
}

/// y[i] = f(x[i]...) for i in [0, count): f takes and gives vectors; the same bits wherever a value stands.
template <class T, class F, class... X>
[[gnu::always_inline]] inline void transform(idx count, T* y, const F& f, const X*... x) {
  for_vectors<T>(0, count, [&](idx i, const auto& load, const auto& store) { store(y + i, f(load(x + i)...)); });
}

/// y[i] += x[i] for i in [0, count).
template <class T>
[[gnu::noinline]] inline void add_to(idx count, T* y, const T* x) {
  transform(
      count, y, [](const vec<T>& a, const vec<T>& b) { return a + b; }, y, x);
}

/// The first and the second half of a[0] b[0] a[1] b[1] ...
template <class T, int Half, std::size_t... I>
[[gnu::always_inline]] inline vec<T> interleave(const vec<T>& a, const vec<T>& b, std::index_sequence<I...>) {
  constexpr int n = static_cast<int>(lanes<T>);
#if defined(__clang__)
  return __builtin_shufflevector(a, b, (Half * (n / 2) + static_cast<int>(I) / 2 + (I % 2 ? n : 0))...);
#else  // the form that nvcc hands on to g++ unharmed
  using index = std::conditional_t<sizeof(T) == 4, int, long long>;
  using indices [[gnu::vector_size(vector_bytes)]] = index;
  return __builtin_shuffle(a, b,
                           indices{static_cast<index>(Half * (n / 2) + static_cast<int>(I) / 2 + (I % 2 ? n : 0))...});
#endif
}

/// Transposes a square of lanes x lanes values: y[j * y_stride + i] = x[i * x_stride + j].
template <class T>
inline void transpose_square(const T* x, idx x_stride, T* y, idx y_stride) {
  constexpr int n = static_cast<int>(lanes<T>);
  using lane_index = std::make_index_sequence<static_cast<std::size_t>(n)>;
  vec<T> r[n], t[n];
  for (int i = 0; i < n; ++i) r[i] = load(x + i * x_stride);
  for (int s = 1; s < n; s *= 2) {
    for (int i = 0; i < n / 2; ++i) {
      t[2 * i] = interleave<T, 0>(r[i], r[i + n / 2], lane_index{});
      t[2 * i + 1] = interleave<T, 1>(r[i], r[i + n / 2], lane_index{});
    }
    for (int i = 0; i < n; ++i) r[i] = t[i];
  }
  for (int i = 0; i < n; ++i) store(y + i * y_stride, r[i]);
}

/// y (columns, rows; y_stride apart) = the transpose of x (rows, columns; x_stride apart).
template <class T>
[[gnu::noinline]] inline void transpose(idx rows, idx columns, const T* x, idx x_stride, T* y, idx y_stride) {
  constexpr idx n = lanes<T>;
  for (idx i = 0; i < rows; i += n)
    for (idx j = 0; j < columns; j += n)
      if (i + n <= rows && j + n <= columns)
        transpose_square(x + i * x_stride + j, x_stride, y + j * y_stride + i, y_stride);
      else
        for (idx a = i; a < rows && a < i + n; ++a)
          for (idx b = j; b < columns && b < j + n; ++b) y[b * y_stride + a] = x[a * x_stride + b];
}

/// The first place from p on that starts a vector (and a cache line), as scalars of scratch memory do.
template <class T>
inline T* aligned(T* p) {
  const auto address = reinterpret_cast<std::size_t>(p);
  return p + (64 - address % 64) % 64 / sizeof(T);
}
/// `count` scalars rounded up to whole cache lines.
template <class T>
constexpr idx aligned_size(idx count) {
  constexpr idx line = 64 / static_cast<idx>(sizeof(T));
  return (count + line - 1) / line * line;
}
/// What `aligned` may skip.
template <class T>
inline constexpr idx alignment_slack = 64 / static_cast<idx>(sizeof(T)) - 1;

}  // namespace auris::detail
