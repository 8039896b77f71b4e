#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Copies rows between arrays of different row length: concatenation, its reverse, and plain copies (rows = 1).
///
///     forward    y[r * y_stride + i] = x[r * x_stride + i],  i < count
///
///     template <class T> struct kernel<op::copy, Backend, T> {
///       static void forward(const resources<Backend, T>&, const op::copy::size&, const T* x, T* y) noexcept;
///     };
struct copy {
  struct size {
    idx rows, count, x_stride, y_stride;
  };
};

/// Adds, with one operand repeated where wanted: a, y (items, repeat, last), b (items, repeat, last) or, with
/// `repeated`, (items, last).
///
///     add        y += b;     backward: db = dy, summed over repeat when `repeated`
///     multiply   y = a * b;  backward: da = dy * b; db = dy * a, summed over repeat when `repeated`
///
///     template <class T> struct kernel<op::add, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::add::size&, const T* b, T* y) noexcept;
///       static void backward(const R&, const op::add::size&, const T* dy, T* db) noexcept;
///     };
///     template <class T> struct kernel<op::multiply, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::multiply::size&, const T* a, const T* b, T* y) noexcept;
///       static void backward(const R&, const op::multiply::size&, const T* a, const T* b, const T* dy, T* da,
///                            T* db) noexcept;
///     };
struct add {
  struct size {
    idx items, repeat, last;
    bool repeated = false;
  };
};
struct multiply {
  struct size {
    idx items, repeat, last;
    bool repeated = false;
  };
};

}  // namespace auris::op
