// Terms of losses and their gradients: see op::mean_squared_error and its neighbours. What weighs 0 counts nothing, whatever
// it holds.
namespace auris::detail::AURIS_SET {

/// Adds the weighted terms to n->sums, and their slopes to the gradient, which may be null.
template <class Term>
[[gnu::always_inline]] inline void add_terms(idx count, const float* p, const float* y, const float* weight,
                                             loss_numbers* n, float* gradient, const Term& term) {
  const float factor = n->factor;
  vec sum{};
  for (idx i = 0; i < count; i += lanes) {
    const vec w = load(weight + i);
    vec value, slope;
    term(load(p + i), load(y + i), value, slope);
    sum += w != 0.f ? w * value : vec{};
    if (gradient) store(gradient + i, load(gradient + i) + (w != 0.f ? factor * w * slope : vec{}));
  }
  store(n->sums, load(n->sums) + sum);
}

inline void squared_errors(idx count, const float* p, const float* y, const float* weight, loss_numbers* n,
                           float* gradient) noexcept {
  add_terms(
      count, p, y, weight, n, gradient,
      [](const vec& prediction, const vec& target, vec& value, vec& slope) __attribute__((always_inline)) {
        const vec error = prediction - target;
        slope = 2.f * error;
        value = error * error;
      });
}
inline void weighted_squared_errors(idx count, const float* p, const float* y, const float* weight, loss_numbers* n,
                                    float* gradient) noexcept {
  const float floor = n->floor;
  add_terms(
      count, p, y, weight, n, gradient,
      [floor](const vec& prediction, const vec& target, vec& value, vec& slope) __attribute__((always_inline)) {
        const vec error = prediction - target, weighted = (target + floor) * error;
        slope = 2.f * weighted;
        value = weighted * error;
      });
}
inline void cross_entropies_of_logits(idx count, const float* p, const float* y, const float* weight, loss_numbers* n,
                                      float* gradient) noexcept {
  add_terms(
      count, p, y, weight, n, gradient,
      [](const vec& logit, const vec& target, vec& value, vec& slope) __attribute__((always_inline)) {
        const vec e = exponential(-magnitude(logit));
        slope = (logit < 0.f ? e : splat(1.f)) / (1.f + e) - target;
        value = (logit < 0.f ? vec{} : logit) - logit * target + logarithm_of_one_and(e);
      });
}
inline void cross_entropies_of_probabilities(idx count, const float* p, const float* y, const float* weight,
                                             loss_numbers* n, float* gradient) noexcept {
  add_terms(
      count, p, y, weight, n, gradient,
      [](const vec& q, const vec& target, vec& value, vec& slope) __attribute__((always_inline)) {
        const vec width = q * (1.f - q), yes = natural_logarithm(q), no = logarithm_of_one_and(-q);
        slope = (q - target) / (width < 1e-12f ? splat(1e-12f) : width);
        value = (target - 1.f) * (no < -100.f ? splat(-100.f) : no) - target * (yes < -100.f ? splat(-100.f) : yes);
      });
}

/// rows->most = the largest of it and of predictions (classes, 16).
inline void cross_entropy_largest(idx classes, const float* p, cross_entropy_rows* rows) noexcept {
  for (idx i = 0; i < line; i += lanes) {
    vec most = load(rows->most + i);
    for (idx k = i; k < classes * line; k += line) {
      const vec v = load(p + k);
      most = v > most ? v : most;
    }
    store(rows->most + i, most);
  }
}
/// Adds what predictions and weighted targets (classes, 16) are to the sums of the rows.
inline void cross_entropy_sums(idx classes, const float* p, const float* wanted, cross_entropy_rows* rows) noexcept {
  for (idx i = 0; i < line; i += lanes) {
    const vec most = load(rows->most + i);
    vec sum = load(rows->sum + i), whole = load(rows->wanted + i), below = load(rows->below + i);
    for (idx k = i; k < classes * line; k += line) {
      const vec v = most - load(p + k), w = load(wanted + k);
      sum += exponential(-v);
      whole += w;
      below += w != 0.f ? w * v : vec{};
    }
    store(rows->sum + i, sum);
    store(rows->wanted + i, whole);
    store(rows->below + i, below);
  }
}
/// Adds factor times the weighted gradients of the rows to a gradient (classes, 16).
inline void cross_entropy_gradient(idx classes, const float* p, const float* wanted, const cross_entropy_rows* rows,
                                   float factor, float* gradient) noexcept {
  for (idx i = 0; i < line; i += lanes) {
    const vec most = load(rows->most + i), weight = load(rows->weight + i);
    const vec share = load(rows->wanted + i) / load(rows->sum + i), by = factor * weight;
    for (idx k = i; k < classes * line; k += line) {
      const vec slope = share * exponential(load(p + k) - most) - load(wanted + k);
      store(gradient + k, load(gradient + k) + (weight != 0.f ? by * slope : vec{}));
    }
  }
}

}  // namespace auris::detail::AURIS_SET
