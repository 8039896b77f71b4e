#pragma once
#include <auris/core/executor.hpp>
#include <auris/op/merge.hpp>

namespace auris {

template <>
struct kernel<op::copy, cpu, float> {
  static void forward(const resources<cpu, float>& r, const op::copy::size& s, const float* x, float* y) noexcept;
};

template <>
struct kernel<op::add, cpu, float> {
  using R = resources<cpu, float>;

  static void forward(const R& r, const op::add::size& s, const float* b, float* y) noexcept;
  static void backward(const R& r, const op::add::size& s, const float* dy, float* db) noexcept;
};

template <>
struct kernel<op::multiply, cpu, float> {
  using R = resources<cpu, float>;

  static void forward(const R& r, const op::multiply::size& s, const float* a, const float* b, float* y) noexcept;
  static void backward(const R& r, const op::multiply::size& s, const float* a, const float* b, const float* dy,
                       float* da, float* db) noexcept;

 private:
  /// y = a * b, with b repeated where it is.
  static void product(executor& e, const op::multiply::size& s, const float* a, const float* b, float* y) noexcept;
};

}  // namespace auris
