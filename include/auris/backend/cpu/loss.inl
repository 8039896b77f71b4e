#include <auris/backend/cpu/block_sum.hpp>
#include <auris/backend/cpu/loss.hpp>
#include <cmath>

namespace auris {
namespace detail {

/// Weights of classes where none are given.
struct equal_weights {
  float operator[](idx) const noexcept { return 1; }
};
/// Calls with the weights of the classes in a row, an array or equal ones.
template <class Size, class F>
auto with_class_weights(const Size& s, idx row, const float* class_mask, const F& f) noexcept {
  return class_mask ? f(class_mask + row / (s.rows / s.items) * s.classes) : f(equal_weights{});
}

/// The weighted sum of f over a row; adds factor times its gradient.
template <class Weights, class Term>
float loss_of_row(idx classes, const float* p, const float* y, const Weights& weights, float factor, float* gradient,
                  const Term& term) noexcept {
  float sum = 0;
  for (idx c = 0; c < classes; ++c) {
    const float weight = weights[c];
    if (weight == 0) continue;
    float slope;
    sum += weight * term(p[c], y[c], slope);
    if (gradient) gradient[c] += factor * weight * slope;
  }
  return sum;
}

/// Adds scale / divisor * sum of masks * f and its gradient; f(prediction, target, slope) gives a term and its slope.
template <class Size, class Term>
void evaluate_loss(executor& e, const Size& s, const float* prediction, const float* target, const float* mask,
                   const float* class_mask, float scale, float* value, float* gradient, const Term& term) noexcept {
  if (s.rows <= 0 || s.classes <= 0) return;
  const float factor = scale / static_cast<float>(s.per_row ? s.rows : s.rows * s.classes);
  const double sum = block_sum(e, s.rows, row_grain(4 * s.classes), [&](idx begin, idx end) {
    double part = 0;
    for (idx r = begin; r < end; ++r) {
      const float weight = mask ? mask[r] : 1;
      if (weight == 0) continue;
      const idx first = r * s.classes;
      const float row = with_class_weights(s, r, class_mask, [&](const auto& weights) {
        return loss_of_row(s.classes, prediction + first, target + first, weights, factor * weight,
                           gradient ? gradient + first : nullptr, term);
      });
      part += static_cast<double>(weight * row);
    }
    return part;
  });
  if (value) value[0] += static_cast<float>(static_cast<double>(factor) * sum);
}

/// The cross entropy of a row; adds factor times its gradient.
template <class Weights>
float cross_entropy_row(idx classes, const float* p, const float* y, const Weights& weights, float factor,
                        float* gradient) noexcept {
  bool weighs = false;
  for (idx c = 0; c < classes && !weighs; ++c) weighs = weights[c] != 0;
  if (!weighs) return 0;
  float most = p[0], sum = 0, whole = 0, loss = 0;
  for (idx c = 1; c < classes; ++c) most = p[c] > most ? p[c] : most;
  for (idx c = 0; c < classes; ++c) sum += std::exp(p[c] - most), whole += weights[c] == 0 ? 0 : weights[c] * y[c];
  const float log = std::log(sum);
  for (idx c = 0; c < classes; ++c) {
    const float wanted = weights[c] == 0 ? 0 : weights[c] * y[c];
    if (weights[c] != 0) loss -= wanted * (p[c] - most - log);
    if (gradient) gradient[c] += factor * (whole * std::exp(p[c] - most) / sum - wanted);
  }
  return loss;
}

}  // namespace detail

AURIS_KERNEL void kernel<op::mean_squared_error, cpu, float>::evaluate(
    const resources<cpu, float>& r, const op::mean_squared_error::size& s, const float* prediction, const float* target,
    const float* mask, const float* class_mask, float scale, float* value, float* gradient) noexcept {
  detail::evaluate_loss(*r.queue, s, prediction, target, mask, class_mask, scale, value, gradient,
                        [](float p, float y, float& slope) {
                          slope = 2 * (p - y);
                          return (p - y) * (p - y);
                        });
}

AURIS_KERNEL void kernel<op::weighted_soft_label, cpu, float>::evaluate(const resources<cpu, float>& r,
                                                                        const op::weighted_soft_label::size& s,
                                                                        const float* prediction, const float* target,
                                                                        const float* mask, const float* class_mask,
                                                                        float scale, float* value,
                                                                        float* gradient) noexcept {
  detail::evaluate_loss(*r.queue, s, prediction, target, mask, class_mask, scale, value, gradient,
                        [floor = static_cast<float>(s.floor)](float p, float y, float& slope) {
                          const float weight = y + floor;
                          slope = 2 * weight * (p - y);
                          return weight * (p - y) * (p - y);
                        });
}

AURIS_KERNEL void kernel<op::binary_cross_entropy, cpu, float>::evaluate(const resources<cpu, float>& r,
                                                                         const op::binary_cross_entropy::size& s,
                                                                         const float* prediction, const float* target,
                                                                         const float* mask, const float* class_mask,
                                                                         float scale, float* value,
                                                                         float* gradient) noexcept {
  if (s.logits)
    detail::evaluate_loss(*r.queue, s, prediction, target, mask, class_mask, scale, value, gradient, of_logit);
  else
    detail::evaluate_loss(*r.queue, s, prediction, target, mask, class_mask, scale, value, gradient, of_probability);
}

AURIS_KERNEL float kernel<op::binary_cross_entropy, cpu, float>::of_logit(float p, float y, float& slope) noexcept {
  const float e = std::exp(-std::abs(p));
  slope = (p < 0 ? e : 1) / (1 + e) - y;
  return (p < 0 ? 0 : p) - p * y + std::log1p(e);
}

AURIS_KERNEL float kernel<op::binary_cross_entropy, cpu, float>::of_probability(float q, float y,
                                                                                float& slope) noexcept {
  const float least = static_cast<float>(1e-12), width = q * (1 - q), yes = std::log(q), no = std::log1p(-q);
  slope = (q - y) / (width < least ? least : width);
  return -y * (yes < -100 ? static_cast<float>(-100) : yes) - (1 - y) * (no < -100 ? static_cast<float>(-100) : no);
}

AURIS_KERNEL void kernel<op::cross_entropy, cpu, float>::evaluate(const resources<cpu, float>& r,
                                                                  const op::cross_entropy::size& s,
                                                                  const float* prediction, const float* target,
                                                                  const float* mask, const float* class_mask,
                                                                  float scale, float* value, float* gradient) noexcept {
  if (s.rows <= 0 || s.classes <= 0) return;
  double weights = static_cast<double>(s.rows);
  if (mask)
    weights = detail::block_sum(*r.queue, s.rows, detail::element_grain, [&](idx begin, idx end) {
      double part = 0;
      for (idx k = begin; k < end; ++k) part += static_cast<double>(mask[k]);
      return part;
    });
  if (weights == 0) return;
  const double factor = static_cast<double>(scale) / weights;
  const double sum = detail::block_sum(*r.queue, s.rows, detail::row_grain(4 * s.classes), [&](idx begin, idx end) {
    double part = 0;
    for (idx k = begin; k < end; ++k) {
      const float weight = mask ? mask[k] : 1;
      if (weight == 0) continue;
      const idx first = k * s.classes;
      const float row = detail::with_class_weights(s, k, class_mask, [&](const auto& of_classes) {
        return detail::cross_entropy_row(s.classes, prediction + first, target + first, of_classes,
                                         static_cast<float>(factor) * weight, gradient ? gradient + first : nullptr);
      });
      part += static_cast<double>(weight * row);
    }
    return part;
  });
  if (value) value[0] += static_cast<float>(factor * sum);
}

}  // namespace auris
