#pragma once
#include <auris/op/activation.hpp>

namespace auris {

template <>
struct kernel<op::relu, cpu, float> {
  using R = resources<cpu, float>;

  static void forward(const R& r, const op::relu::size& s, const float* x, float* y) noexcept;
  static void backward(const R& r, const op::relu::size& s, const float*, const float* y, const float* dy,
                       float* dx) noexcept;
};

template <>
struct kernel<op::sigmoid, cpu, float> {
  using R = resources<cpu, float>;

  static void forward(const R& r, const op::sigmoid::size& s, const float* x, float* y) noexcept;
  static void backward(const R& r, const op::sigmoid::size& s, const float*, const float* y, const float* dy,
                       float* dx) noexcept;
};

template <>
struct kernel<op::tanh, cpu, float> {
  using R = resources<cpu, float>;

  static void forward(const R& r, const op::tanh::size& s, const float* x, float* y) noexcept;
  static void backward(const R& r, const op::tanh::size& s, const float*, const float* y, const float* dy,
                       float* dx) noexcept;
};

template <>
struct kernel<op::gelu, cpu, float> {
  using R = resources<cpu, float>;

  static void forward(const R& r, const op::gelu::size& s, const float* x, float* y) noexcept;
  static void backward(const R& r, const op::gelu::size& s, const float* x, const float*, const float* dy,
                       float* dx) noexcept;
};

}  // namespace auris
