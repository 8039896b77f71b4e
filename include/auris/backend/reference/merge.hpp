#pragma once
#include <auris/op/merge.hpp>

namespace auris {

template <class T>
struct kernel<op::copy, reference, T> {
  static void forward(const resources<reference, T>&, const op::copy::size& s, const T* x, T* y) noexcept {
    for (idx r = 0; r < s.rows; ++r)
      for (idx i = 0; i < s.count; ++i) y[r * s.y_stride + i] = x[r * s.x_stride + i];
  }
};

namespace detail {
/// Calls visit(element of y, element of the operand that may be repeated).
template <class Size, class Visit>
void for_merged(const Size& s, const Visit& visit) noexcept {
  for (idx n = 0; n < s.items; ++n)
    for (idx r = 0; r < s.repeat; ++r)
      for (idx i = 0; i < s.last; ++i) {
        const idx k = (n * s.repeat + r) * s.last + i;
        visit(k, s.repeated ? n * s.last + i : k);
      }
}
template <class Size, class T>
void clear_operand(const Size& s, T* db) noexcept {
  for (idx k = 0; k < s.items * (s.repeated ? 1 : s.repeat) * s.last; ++k) db[k] = T(0);
}
}  // namespace detail

template <class T>
struct kernel<op::add, reference, T> {
  static void forward(const resources<reference, T>&, const op::add::size& s, const T* b, T* y) noexcept {
    detail::for_merged(s, [&](idx k, idx j) { y[k] += b[j]; });
  }
  static void backward(const resources<reference, T>&, const op::add::size& s, const T* dy, T* db) noexcept {
    detail::clear_operand(s, db);
    detail::for_merged(s, [&](idx k, idx j) { db[j] += dy[k]; });
  }
};

template <class T>
struct kernel<op::multiply, reference, T> {
  static void forward(const resources<reference, T>&, const op::multiply::size& s, const T* a, const T* b,
                      T* y) noexcept {
    detail::for_merged(s, [&](idx k, idx j) { y[k] = a[k] * b[j]; });
  }
  static void backward(const resources<reference, T>&, const op::multiply::size& s, const T* a, const T* b, const T* dy,
                       T* da, T* db) noexcept {
    if (da) detail::for_merged(s, [&](idx k, idx j) { da[k] = dy[k] * b[j]; });
    if (!db) return;
    detail::clear_operand(s, db);
    detail::for_merged(s, [&](idx k, idx j) { db[j] += dy[k] * a[k]; });
  }
};

}  // namespace auris
