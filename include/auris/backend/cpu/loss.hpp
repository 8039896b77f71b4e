#pragma once
#include <auris/backend/cpu/block_sum.hpp>
#include <auris/op/loss.hpp>
#include <cmath>

namespace auris {
namespace detail {

/// Adds scale / divisor * sum of mask * f and its gradient; f(prediction, target, slope) gives a term and its slope.
template <class Size, class T, class Term>
void evaluate_loss(executor& e, const Size& s, const T* prediction, const T* target, const T* mask, T scale, T* value,
                   T* gradient, const Term& term) noexcept {
  if (s.rows <= 0 || s.classes <= 0) return;
  const T factor = scale / static_cast<T>(s.per_row ? s.rows : s.rows * s.classes);
  const double sum = block_sum(e, s.rows, row_grain(4 * s.classes), [&](idx begin, idx end) {
    double part = 0;
    for (idx r = begin; r < end; ++r) {
      const T weight = mask ? mask[r] : T(1);
      if (weight == T(0)) continue;
      T row = 0;
      for (idx k = r * s.classes; k < (r + 1) * s.classes; ++k) {
        T slope;
        row += term(prediction[k], target[k], slope);
        if (gradient) gradient[k] += factor * weight * slope;
      }
      part += static_cast<double>(weight * row);
    }
    return part;
  });
  if (value) value[0] += static_cast<T>(static_cast<double>(factor) * sum);
}

}  // namespace detail

template <class T>
struct kernel<op::mean_squared_error, cpu, T> {
  static void evaluate(const resources<cpu, T>& r, const op::mean_squared_error::size& s, const T* prediction,
                       const T* target, const T* mask, T scale, T* value, T* gradient) noexcept {
    detail::evaluate_loss(*r.queue, s, prediction, target, mask, scale, value, gradient, [](T p, T y, T& slope) {
      slope = 2 * (p - y);
      return (p - y) * (p - y);
    });
  }
};

template <class T>
struct kernel<op::weighted_soft_label, cpu, T> {
  static void evaluate(const resources<cpu, T>& r, const op::weighted_soft_label::size& s, const T* prediction,
                       const T* target, const T* mask, T scale, T* value, T* gradient) noexcept {
    detail::evaluate_loss(*r.queue, s, prediction, target, mask, scale, value, gradient,
                          [floor = static_cast<T>(s.floor)](T p, T y, T& slope) {
                            const T weight = y + floor;
                            slope = 2 * weight * (p - y);
                            return weight * (p - y) * (p - y);
                          });
  }
};

template <class T>
struct kernel<op::binary_cross_entropy, cpu, T> {
  static void evaluate(const resources<cpu, T>& r, const op::binary_cross_entropy::size& s, const T* prediction,
                       const T* target, const T* mask, T scale, T* value, T* gradient) noexcept {
    if (s.logits)
      detail::evaluate_loss(*r.queue, s, prediction, target, mask, scale, value, gradient, of_logit);
    else
      detail::evaluate_loss(*r.queue, s, prediction, target, mask, scale, value, gradient, of_probability);
  }

 private:
  static T of_logit(T p, T y, T& slope) noexcept {
    const T e = std::exp(-std::abs(p));
    slope = (p < 0 ? e : T(1)) / (1 + e) - y;
    return (p < 0 ? T(0) : p) - p * y + std::log1p(e);
  }
  static T of_probability(T q, T y, T& slope) noexcept {
    const T least = static_cast<T>(1e-12), width = q * (1 - q), yes = std::log(q), no = std::log1p(-q);
    slope = (q - y) / (width < least ? least : width);
    return -y * (yes < -100 ? T(-100) : yes) - (1 - y) * (no < -100 ? T(-100) : no);
  }
};

template <class T>
struct kernel<op::cross_entropy, cpu, T> {
  static void evaluate(const resources<cpu, T>& r, const op::cross_entropy::size& s, const T* prediction,
                       const T* target, const T* mask, T scale, T* value, T* gradient) noexcept {
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
        const T weight = mask ? mask[k] : T(1), *const p = prediction + k * s.classes,
                *const y = target + k * s.classes;
        if (weight == T(0)) continue;
        part += static_cast<double>(weight * row(s.classes, p, y, static_cast<T>(factor) * weight,
                                                 gradient ? gradient + k * s.classes : nullptr));
      }
      return part;
    });
    if (value) value[0] += static_cast<T>(factor * sum);
  }

 private:
  static T row(idx classes, const T* p, const T* y, T factor, T* gradient) noexcept {
    T most = p[0], sum = 0, whole = 0, loss = 0;
    for (idx c = 1; c < classes; ++c) most = p[c] > most ? p[c] : most;
    for (idx c = 0; c < classes; ++c) sum += std::exp(p[c] - most), whole += y[c];
    const T log = std::log(sum);
    for (idx c = 0; c < classes; ++c) {
      loss -= y[c] * (p[c] - most - log);
      if (gradient) gradient[c] += factor * (whole * std::exp(p[c] - most) / sum - y[c]);
    }
    return loss;
  }
};

}  // namespace auris
