#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/op/merge.hpp>

namespace auris {

struct cuda;

template <class T>
struct kernel<op::copy, cuda, T> {
  static void forward(const resources<cuda, T>& r, const op::copy::size& s, const T* x, T* y) noexcept;
};

template <class T>
struct kernel<op::add, cuda, T> {
  using R = resources<cuda, T>;
  static void forward(const R& r, const op::add::size& s, const T* b, T* y) noexcept;
  static void backward(const R& r, const op::add::size& s, const T* dy, T* db) noexcept;
};

template <class T>
struct kernel<op::multiply, cuda, T> {
  using R = resources<cuda, T>;
  static void forward(const R& r, const op::multiply::size& s, const T* a, const T* b, T* y) noexcept;
  static void backward(const R& r, const op::multiply::size& s, const T* a, const T* b, const T* dy, T* da,
                       T* db) noexcept;
};

}  // namespace auris
