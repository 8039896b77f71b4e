#pragma once
#include <auris/backend/cpu/array.hpp>
#include <auris/backend/cpu/vector.hpp>
#include <auris/op/merge.hpp>

namespace auris {

template <class T>
struct kernel<op::copy, cpu, T> {
  static void forward(const resources<cpu, T>& r, const op::copy::size& s, const T* x, T* y) noexcept {
    if (s.count <= 0) return;
    const idx stretch = s.count < detail::element_grain ? s.count : detail::element_grain;
    const idx parts = (s.count + stretch - 1) / stretch;
    for_ranges(*r.queue, s.rows * parts, detail::row_grain(stretch), [&](idx begin, idx end, int) {
      for (idx b = begin; b < end; ++b) {
        const idx row = b / parts, first = b % parts * stretch, left = s.count - first;
        const idx count = left < stretch ? left : stretch;
        __builtin_memcpy(y + row * s.y_stride + first, x + row * s.x_stride + first,
                         static_cast<std::size_t>(count) * sizeof(T));
      }
    });
  }
};

template <class T>
struct kernel<op::add, cpu, T> {
  using R = resources<cpu, T>;

  static void forward(const R& r, const op::add::size& s, const T* b, T* y) noexcept {
    if (!s.repeated)
      detail::for_elements(*r.queue, s.items * s.repeat * s.last,
                           [&](idx i, idx end) { detail::add_to(end - i, y + i, b + i); });
    else
      for_ranges(*r.queue, s.items * s.repeat, detail::row_grain(s.last), [&](idx begin, idx end, int) {
        for (idx k = begin; k < end; ++k) detail::add_to(s.last, y + k * s.last, b + k / s.repeat * s.last);
      });
  }
  static void backward(const R& r, const op::add::size& s, const T* dy, T* db) noexcept {
    if (!s.repeated)
      detail::for_elements(*r.queue, s.items * s.repeat * s.last, [&](idx i, idx end) {
        __builtin_memcpy(db + i, dy + i, static_cast<std::size_t>(end - i) * sizeof(T));
      });
    else
      for_blocks(*r.queue, s.items, [&](idx n, int) {
        for (idx i = 0; i < s.last; ++i) db[n * s.last + i] = 0;
        for (idx k = 0; k < s.repeat; ++k) detail::add_to(s.last, db + n * s.last, dy + (n * s.repeat + k) * s.last);
      });
  }
};

template <class T>
struct kernel<op::multiply, cpu, T> {
  using R = resources<cpu, T>;

  static void forward(const R& r, const op::multiply::size& s, const T* a, const T* b, T* y) noexcept {
    product(*r.queue, s, a, b, y);
  }
  static void backward(const R& r, const op::multiply::size& s, const T* a, const T* b, const T* dy, T* da,
                       T* db) noexcept {
    if (da) product(*r.queue, s, dy, b, da);
    if (!db) return;
    if (!s.repeated) return product(*r.queue, s, dy, a, db);
    for_blocks(*r.queue, s.items, [&](idx n, int) {
      array sum(db + n * s.last, s.last);
      sum.setZero();
      for (idx k = n * s.repeat; k < (n + 1) * s.repeat; ++k)
        sum += in(dy + k * s.last, s.last) * in(a + k * s.last, s.last);
    });
  }

 private:
  using array = detail::array<T>;
  using in = detail::const_array<T>;

  /// y = a * b, with b repeated where it is.
  static void product(executor& e, const op::multiply::size& s, const T* a, const T* b, T* y) noexcept {
    if (!s.repeated)
      detail::for_elements(e, s.items * s.repeat * s.last,
                           [&](idx i, idx end) { array(y + i, end - i) = in(a + i, end - i) * in(b + i, end - i); });
    else
      for_ranges(e, s.items * s.repeat, detail::row_grain(s.last), [&](idx begin, idx end, int) {
        for (idx k = begin; k < end; ++k)
          array(y + k * s.last, s.last) = in(a + k * s.last, s.last) * in(b + k / s.repeat * s.last, s.last);
      });
  }
};

}  // namespace auris
