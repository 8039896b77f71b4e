#pragma once
#include <auris/backend/cpu/array.hpp>
#include <auris/backend/cpu/vector_math.hpp>
#include <auris/op/softmax.hpp>
#include <cmath>

namespace auris {
namespace detail {

/// Columns of (outer, length, inner) side by side in the lanes of vectors.
template <class T>
struct column_lanes {
  idx at[lanes<T>];  ///< where the columns start
  idx used;          ///< lanes that stand for a column; the others repeat the first

  vec<T> load(const T* p, idx offset) const {
    T lane[lanes<T>];
    for (idx q = 0; q < lanes<T>; ++q) lane[q] = p[at[q] + offset];
    return detail::load(lane);
  }
  void store(T* p, idx offset, const vec<T>& v) const {
    for (idx q = 0; q < used; ++q) p[at[q] + offset] = v[q];
  }

  /// Runs work(column_lanes) until all columns are done.
  template <class Work>
  static void each(executor& e, idx outer, idx length, idx inner, const Work& work) noexcept {
    const idx vectors = (outer * inner + lanes<T> - 1) / lanes<T>;
    for_ranges(e, vectors, row_grain(length * lanes<T>), [&](idx begin, idx end, int) {
      for (idx v = begin; v < end; ++v) {
        const idx first = v * lanes<T>, left = outer * inner - first;
        column_lanes c;
        c.used = left < lanes<T> ? left : lanes<T>;
        for (idx q = 0; q < lanes<T>; ++q) {
          const idx column = first + (q < c.used ? q : 0);
          c.at[q] = column / inner * length * inner + column % inner;
        }
        work(c);
      }
    });
  }
  vec<T> most(const T* x, idx length, idx inner) const {
    vec<T> m = load(x, 0);
    for (idx i = 1; i < length; ++i) {
      const vec<T> v = load(x, i * inner);
      m = v > m ? v : m;
    }
    return m;
  }
};

}  // namespace detail

template <class T>
struct kernel<op::softmax, cpu, T> {
  using R = resources<cpu, T>;

  static void forward(const R& r, const op::softmax::size& s, const T* x, T* y) noexcept {
    columns::each(*r.queue, s.outer, s.length, s.inner, [&](const columns& c) {
      const vec m = c.most(x, s.length, s.inner);
      vec sum{};
      for (idx i = 0; i < s.length; ++i) {
        const vec v = detail::exp(c.load(x, i * s.inner) - m);
        sum += v;
        c.store(y, i * s.inner, v);
      }
      for (idx i = 0; i < s.length; ++i) c.store(y, i * s.inner, c.load(y, i * s.inner) / sum);
    });
  }
  static void backward(const R& r, const op::softmax::size& s, const T* y, const T* dy, T* dx) noexcept {
    columns::each(*r.queue, s.outer, s.length, s.inner, [&](const columns& c) {
      vec sum{};
      for (idx i = 0; i < s.length; ++i) sum += c.load(y, i * s.inner) * c.load(dy, i * s.inner);
      for (idx i = 0; i < s.length; ++i)
        c.store(dx, i * s.inner, c.load(y, i * s.inner) * (c.load(dy, i * s.inner) - sum));
    });
  }

 private:
  using columns = detail::column_lanes<T>;
  using vec = detail::vec<T>;
};

template <class T>
struct kernel<op::log_softmax, cpu, T> {
  using R = resources<cpu, T>;

  static void forward(const R& r, const op::log_softmax::size& s, const T* x, T* y) noexcept {
    columns::each(*r.queue, s.outer, s.length, s.inner, [&](const columns& c) {
      const vec m = c.most(x, s.length, s.inner);
      vec sum{};
      for (idx i = 0; i < s.length; ++i) sum += detail::exp(c.load(x, i * s.inner) - m);
      const vec log = detail::each_lane<T>(sum, [](T v) { return std::log(v); });
      for (idx i = 0; i < s.length; ++i) c.store(y, i * s.inner, c.load(x, i * s.inner) - m - log);
    });
  }
  static void backward(const R& r, const op::log_softmax::size& s, const T* y, const T* dy, T* dx) noexcept {
    columns::each(*r.queue, s.outer, s.length, s.inner, [&](const columns& c) {
      vec sum{};
      for (idx i = 0; i < s.length; ++i) sum += c.load(dy, i * s.inner);
      for (idx i = 0; i < s.length; ++i)
        c.store(dx, i * s.inner, c.load(dy, i * s.inner) - detail::exp(c.load(y, i * s.inner)) * sum);
    });
  }

 private:
  using columns = detail::column_lanes<T>;
  using vec = detail::vec<T>;
};

}  // namespace auris
