#pragma once
#include <auris/op/resize.hpp>

namespace auris {

namespace detail {
/// A resize is a sparse matrix over the middle axis: rows(visit) calls visit(place in y, place in x, factor) for each
/// of its elements; forward multiplies with it, backward with its transpose.
template <class T, class Size, class Rows>
void resize_forward(const Size& s, idx out, const T* x, T* y, const Rows& rows) noexcept {
  for (idx k = 0; k < s.outer * out * s.inner; ++k) y[k] = T(0);
  rows([&](idx to, idx from, T factor) {
    for (idx o = 0; o < s.outer; ++o)
      for (idx i = 0; i < s.inner; ++i)
        y[(o * out + to) * s.inner + i] += factor * x[(o * s.length + from) * s.inner + i];
  });
}
template <class T, class Size, class Rows>
void resize_backward(const Size& s, idx out, const T* dy, T* dx, const Rows& rows) noexcept {
  for (idx k = 0; k < s.outer * s.length * s.inner; ++k) dx[k] = T(0);
  rows([&](idx to, idx from, T factor) {
    for (idx o = 0; o < s.outer; ++o)
      for (idx i = 0; i < s.inner; ++i)
        dx[(o * s.length + from) * s.inner + i] += factor * dy[(o * out + to) * s.inner + i];
  });
}
}  // namespace detail

template <class T>
struct kernel<op::repeat, reference, T> {
  static void forward(const resources<reference, T>&, const op::repeat::size& s, const T* x, T* y) noexcept {
    detail::resize_forward(s, s.out, x, y, rows(s));
  }
  static void backward(const resources<reference, T>&, const op::repeat::size& s, const T* dy, T* dx) noexcept {
    detail::resize_backward(s, s.out, dy, dx, rows(s));
  }

 private:
  static auto rows(const op::repeat::size& s) noexcept {
    return [&s](const auto& visit) {
      for (idx to = 0; to < s.out; ++to) {
        const idx from = to / s.times;
        visit(to, from < s.length ? from : s.length - 1, T(1));
      }
    };
  }
};

template <class T>
struct kernel<op::adaptive_avg_pool, reference, T> {
  static void forward(const resources<reference, T>&, const op::adaptive_avg_pool::size& s, const T* x, T* y) noexcept {
    detail::resize_forward(s, s.out, x, y, rows(s));
  }
  static void backward(const resources<reference, T>&, const op::adaptive_avg_pool::size& s, const T* dy,
                       T* dx) noexcept {
    detail::resize_backward(s, s.out, dy, dx, rows(s));
  }

 private:
  static auto rows(const op::adaptive_avg_pool::size& s) noexcept {
    return [&s](const auto& visit) {
      for (idx to = 0; to < s.out; ++to) {
        const idx begin = to * s.length / s.out, end = ((to + 1) * s.length + s.out - 1) / s.out;
        for (idx from = begin; from < end; ++from) visit(to, from, 1 / static_cast<T>(end - begin));
      }
    };
  }
};

template <class T>
struct kernel<op::interpolate, reference, T> {
  static void forward(const resources<reference, T>&, const op::interpolate::size& s, const T* x, T* y) noexcept {
    detail::resize_forward(s, s.out, x, y, rows(s));
  }
  static void backward(const resources<reference, T>&, const op::interpolate::size& s, const T* dy, T* dx) noexcept {
    detail::resize_backward(s, s.out, dy, dx, rows(s));
  }

 private:
  static auto rows(const op::interpolate::size& s) noexcept {
    return [&s](const auto& visit) {
      for (idx to = 0; to < s.out; ++to) {
        if (!s.linear) {
          visit(to, to * s.length / s.out, T(1));
          continue;
        }
        const T ratio = static_cast<T>(s.length) / static_cast<T>(s.out);
        const T centre = (static_cast<T>(to) + T(0.5)) * ratio - T(0.5), at = centre < 0 ? T(0) : centre;
        const idx left = static_cast<idx>(at), right = left + 1 < s.length ? left + 1 : s.length - 1;
        const T share = at - static_cast<T>(left);
        visit(to, left, 1 - share);
        visit(to, right, share);
      }
    };
  }
};

}  // namespace auris
