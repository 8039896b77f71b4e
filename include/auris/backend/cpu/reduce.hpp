#pragma once
#include <auris/backend/cpu/array.hpp>
#include <auris/op/reduce.hpp>

namespace auris {
namespace detail {

/// Runs work(outer, first, count) over stretches of the inner axis of (outer, length, inner).
template <class Work>
void for_inner(executor& e, idx outer, idx length, idx inner, const Work& work) noexcept {
  constexpr idx stretch = 1024;
  const idx parts = (inner + stretch - 1) / stretch;
  for_ranges(e, outer * parts, row_grain(length * (inner < stretch ? inner : stretch)), [&](idx begin, idx end, int) {
    for (idx b = begin; b < end; ++b) {
      const idx first = b % parts * stretch;
      work(b / parts, first, first + stretch < inner ? stretch : inner - first);
    }
  });
}

}  // namespace detail

template <class T>
struct kernel<op::mean_axis, cpu, T> {
  using R = resources<cpu, T>;

  static void forward(const R& r, const op::mean_axis::size& s, const T* x, T* y) noexcept {
    detail::for_inner(*r.queue, s.outer, s.length, s.inner, [&](idx o, idx first, idx count) {
      if (s.inner == 1) {
        y[o] = detail::sum(detail::const_array<T>(x + o * s.length, s.length)) / T(s.length);
        return;
      }
      detail::array<T> mean(y + o * s.inner + first, count);
      mean.setZero();
      for (idx i = 0; i < s.length; ++i)
        mean += detail::const_array<T>(x + (o * s.length + i) * s.inner + first, count);
      mean /= T(s.length);
    });
  }
  static void backward(const R& r, const op::mean_axis::size& s, const T* dy, T* dx) noexcept {
    detail::for_inner(*r.queue, s.outer, s.length, s.inner, [&](idx o, idx first, idx count) {
      const detail::const_array<T> g(dy + o * s.inner + first, count);
      for (idx i = 0; i < s.length; ++i)
        detail::array<T>(dx + (o * s.length + i) * s.inner + first, count) = g / T(s.length);
    });
  }
};

template <class T>
struct kernel<op::max_axis, cpu, T> {
  using R = resources<cpu, T>;

  static void forward(const R& r, const op::max_axis::size& s, const T* x, T* y) noexcept {
    detail::for_inner(*r.queue, s.outer, s.length, s.inner, [&](idx o, idx first, idx count) {
      for (idx j = first; j < first + count; ++j) y[o * s.inner + j] = x[largest(s, x, o, j)];
    });
  }
  static void backward(const R& r, const op::max_axis::size& s, const T* x, const T* dy, T* dx) noexcept {
    detail::for_inner(*r.queue, s.outer, s.length, s.inner, [&](idx o, idx first, idx count) {
      for (idx i = 0; i < s.length; ++i) detail::array<T>(dx + (o * s.length + i) * s.inner + first, count).setZero();
      for (idx j = first; j < first + count; ++j) dx[largest(s, x, o, j)] = dy[o * s.inner + j];
    });
  }

 private:
  static idx largest(const op::max_axis::size& s, const T* x, idx o, idx j) {
    idx best = o * s.length * s.inner + j;
    for (idx i = 1, at = best + s.inner; i < s.length; ++i, at += s.inner)
      if (x[at] > x[best] || (x[at] != x[at] && x[best] == x[best])) best = at;
    return best;
  }
};

}  // namespace auris
