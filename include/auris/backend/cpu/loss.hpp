#pragma once
#include <auris/op/loss.hpp>

namespace auris {
template <>
struct kernel<op::mean_squared_error, cpu, float> {
  static void evaluate(const resources<cpu, float>& r, const op::mean_squared_error::size& s, const float* prediction,
                       const float* target, const float* mask, const float* class_mask, float scale, float* value,
                       float* gradient) noexcept;
};

template <>
struct kernel<op::weighted_soft_label, cpu, float> {
  static void evaluate(const resources<cpu, float>& r, const op::weighted_soft_label::size& s, const float* prediction,
                       const float* target, const float* mask, const float* class_mask, float scale, float* value,
                       float* gradient) noexcept;
};

template <>
struct kernel<op::binary_cross_entropy, cpu, float> {
  static void evaluate(const resources<cpu, float>& r, const op::binary_cross_entropy::size& s, const float* prediction,
                       const float* target, const float* mask, const float* class_mask, float scale, float* value,
                       float* gradient) noexcept;
};

template <>
struct kernel<op::cross_entropy, cpu, float> {
  static void evaluate(const resources<cpu, float>& r, const op::cross_entropy::size& s, const float* prediction,
                       const float* target, const float* mask, const float* class_mask, float scale, float* value,
                       float* gradient) noexcept;
};

}  // namespace auris
