#pragma once
#include <auris/op/loss.hpp>
#include <cmath>

namespace auris {

namespace detail {
/// What a loss costs at one place, and its derivative there.
template <class T>
struct loss_term {
  T value, slope;
};

/// The weights of the classes in a row of a loss; null where all are ones.
template <class Size, class T>
const T* class_weights(const Size& s, idx row, const T* class_mask) noexcept {
  return class_mask ? class_mask + row / (s.rows / s.items) * s.classes : nullptr;
}

/// scale / divisor * sum over rows and classes of weight * term(prediction, target).
template <class Size, class T, class Term>
void sum_loss(const Size& s, const T* prediction, const T* target, const T* mask, const T* class_mask, T scale,
              T* value, T* gradient, const Term& term) noexcept {
  const T factor = scale / static_cast<T>(s.per_row ? s.rows : s.rows * s.classes);
  T sum = 0;
  for (idx k = 0; k < s.rows * s.classes; ++k) {
    const idx row = k / s.classes;
    const T* const classes = class_weights(s, row, class_mask);
    const T weight = (mask ? mask[row] : T(1)) * (classes ? classes[k % s.classes] : T(1));
    if (weight == 0) continue;
    const loss_term<T> here = term(prediction[k], target[k]);
    sum += weight * here.value;
    if (gradient) gradient[k] += factor * weight * here.slope;
  }
  if (value && s.rows * s.classes > 0) value[0] += factor * sum;
}
}  // namespace detail

template <class T>
struct kernel<op::mean_squared_error, reference, T> {
  static void evaluate(const resources<reference, T>&, const op::mean_squared_error::size& s, const T* prediction,
                       const T* target, const T* mask, const T* class_mask, T scale, T* value, T* gradient) noexcept {
    detail::sum_loss(s, prediction, target, mask, class_mask, scale, value, gradient, [](T p, T y) {
      return detail::loss_term<T>{(y - p) * (y - p), 2 * (p - y)};
    });
  }
};

template <class T>
struct kernel<op::weighted_soft_label, reference, T> {
  static void evaluate(const resources<reference, T>&, const op::weighted_soft_label::size& s, const T* prediction,
                       const T* target, const T* mask, const T* class_mask, T scale, T* value, T* gradient) noexcept {
    const T floor = static_cast<T>(s.floor);
    detail::sum_loss(s, prediction, target, mask, class_mask, scale, value, gradient, [&](T p, T y) {
      return detail::loss_term<T>{(y + floor) * (y - p) * (y - p), 2 * (y + floor) * (p - y)};
    });
  }
};

template <class T>
struct kernel<op::binary_cross_entropy, reference, T> {
  static void evaluate(const resources<reference, T>&, const op::binary_cross_entropy::size& s, const T* prediction,
                       const T* target, const T* mask, const T* class_mask, T scale, T* value, T* gradient) noexcept {
    detail::sum_loss(s, prediction, target, mask, class_mask, scale, value, gradient,
                     [&](T p, T y) { return s.logits ? of_logit(p, y) : of_probability(p, y); });
  }

 private:
  static detail::loss_term<T> of_logit(T p, T y) noexcept {
    const T e = std::exp(-std::abs(p)), q = (p < 0 ? e : T(1)) / (1 + e);
    return {(p < 0 ? T(0) : p) - p * y + std::log1p(e), q - y};
  }
  static detail::loss_term<T> of_probability(T q, T y) noexcept {
    const T yes = std::log(q), no = std::log1p(-q), width = q * (1 - q), least = static_cast<T>(1e-12);
    return {-(y * (yes < -100 ? T(-100) : yes) + (1 - y) * (no < -100 ? T(-100) : no)),
            (q - y) / (width < least ? least : width)};
  }
};

template <class T>
struct kernel<op::cross_entropy, reference, T> {
  static void evaluate(const resources<reference, T>&, const op::cross_entropy::size& s, const T* prediction,
                       const T* target, const T* mask, const T* class_mask, T scale, T* value, T* gradient) noexcept {
    T all = 0;
    for (idx r = 0; r < s.rows; ++r) all += mask ? mask[r] : T(1);
    if (all == 0 || s.classes == 0) return;
    for (idx r = 0; r < s.rows; ++r) {
      const T factor = scale * (mask ? mask[r] : T(1)) / all;
      if (factor == 0) continue;
      const T *p = prediction + r * s.classes, *y = target + r * s.classes;
      const T* const weights = detail::class_weights(s, r, class_mask);
      const auto weight = [&](idx c) { return weights ? weights[c] : T(1); };
      bool weighs = false;
      for (idx c = 0; c < s.classes; ++c) weighs = weighs || weight(c) != 0;
      if (!weighs) continue;
      T largest = p[0], sum = 0, whole = 0;
      for (idx c = 1; c < s.classes; ++c)
        if (p[c] > largest) largest = p[c];
      for (idx c = 0; c < s.classes; ++c) sum += std::exp(p[c] - largest);
      for (idx c = 0; c < s.classes; ++c) {
        if (weight(c) == 0 || y[c] == 0) continue;
        whole += weight(c) * y[c];
        if (value) value[0] -= factor * weight(c) * y[c] * (p[c] - largest - std::log(sum));
      }
      if (!gradient) continue;
      for (idx c = 0; c < s.classes; ++c) {
        const T own = weight(c) == 0 ? T(0) : weight(c) * y[c];
        gradient[r * s.classes + c] += factor * (whole * std::exp(p[c] - largest) / sum - own);
      }
    }
  }
};

}  // namespace auris
