#pragma once
#include <auris/op/optimiser.hpp>

namespace auris {

template <>
struct kernel<op::adam, cpu, float> {
  static void step(const resources<cpu, float>& r, const op::adam::size& s, const float* g, float* m, float* v,
                   float* w) noexcept;
};

template <>
struct kernel<op::sgd, cpu, float> {
  static void step(const resources<cpu, float>& r, const op::sgd::size& s, const float* g, float* m, float* w) noexcept;
};

template <>
struct kernel<op::squared_norm, cpu, float> {
  static void forward(const resources<cpu, float>& r, const op::squared_norm::size& s, const float* x,
                      float* value) noexcept;
};

template <>
struct kernel<op::clip, cpu, float> {
  static void forward(const resources<cpu, float>& r, const op::clip::size& s, const float* squares, float* x) noexcept;
};

}  // namespace auris
