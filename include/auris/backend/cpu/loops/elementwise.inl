// Value by value; `count` is whole lines.
namespace auris::detail::AURIS_SET {

inline void relu_forward(idx count, const float* x, float* y) noexcept {
  for (idx i = 0; i < count; i += lanes) {
    const vec v = load(x + i);
    store(y + i, v < 0.f ? vec{} : v);
  }
}
inline void relu_backward(idx count, const float* y, const float* dy, float* dx) noexcept {
  for (idx i = 0; i < count; i += lanes) {
    const vec g = load(dy + i);
    store(dx + i, load(y + i) > 0.f ? g : vec{});
  }
}
inline void sigmoid_forward(idx count, const float* x, float* y) noexcept {
  for (idx i = 0; i < count; i += lanes) store(y + i, logistic(load(x + i)));
}
inline void sigmoid_backward(idx count, const float* y, const float* dy, float* dx) noexcept {
  for (idx i = 0; i < count; i += lanes) {
    const vec v = load(y + i);
    store(dx + i, load(dy + i) * (v * (1.f - v)));
  }
}
inline void tanh_forward(idx count, const float* x, float* y) noexcept {
  for (idx i = 0; i < count; i += lanes) store(y + i, hyperbolic_tangent(load(x + i)));
}
inline void tanh_backward(idx count, const float* y, const float* dy, float* dx) noexcept {
  for (idx i = 0; i < count; i += lanes) {
    const vec v = load(y + i);
    store(dx + i, load(dy + i) * (1.f - v * v));
  }
}
inline void clamp_forward(idx count, const float* x, float least, float most, float* y) noexcept {
  for (idx i = 0; i < count; i += lanes) {
    const vec v = load(x + i), high = v > most ? splat(most) : v;
    store(y + i, high < least ? splat(least) : high);
  }
}
inline void clamp_backward(idx count, const float* x, const float* dy, float least, float most, float* dx) noexcept {
  for (idx i = 0; i < count; i += lanes) {
    const vec v = load(x + i), g = load(dy + i);
    store(dx + i, ((v >= least) & (v <= most)) ? g : vec{});
  }
}
inline void gelu_forward(idx count, const float* x, float* y) noexcept {
  for (idx i = 0; i < count; i += lanes) {
    const vec v = load(x + i);
    store(y + i, v * normal_share(v));
  }
}
inline void gelu_backward(idx count, const float* x, const float* dy, float* dx) noexcept {
  for (idx i = 0; i < count; i += lanes) {
    const vec v = load(x + i);
    store(dx + i, load(dy + i) * (normal_share(v) + v * normal_density(v)));
  }
}

/// y += x
inline void add_to(idx count, float* y, const float* x) noexcept {
  for (idx i = 0; i < count; i += lanes) store(y + i, load(y + i) + load(x + i));
}
/// y += a b
inline void add_product_to(idx count, const float* a, const float* b, float* y) noexcept {
  for (idx i = 0; i < count; i += lanes) store(y + i, load(y + i) + load(a + i) * load(b + i));
}
inline void multiply(idx count, const float* a, const float* b, float* y) noexcept {
  for (idx i = 0; i < count; i += lanes) store(y + i, load(a + i) * load(b + i));
}
inline void scale_by(idx count, float by, float* x) noexcept {
  for (idx i = 0; i < count; i += lanes) store(x + i, load(x + i) * by);
}
inline void scale(idx count, const float* x, float by, float* y) noexcept {
  for (idx i = 0; i < count; i += lanes) store(y + i, load(x + i) * by);
}
/// y += x by
inline void add_scaled_to(idx count, const float* x, float by, float* y) noexcept {
  for (idx i = 0; i < count; i += lanes) store(y + i, load(y + i) + load(x + i) * by);
}
/// y = x factor + shift
inline void scale_shift(idx count, const float* x, const float* factor, const float* shift, float* y) noexcept {
  for (idx i = 0; i < count; i += lanes) store(y + i, load(x + i) * load(factor + i) + load(shift + i));
}
/// y = (x - mean) factor + shift
inline void standardise(idx count, const float* x, const float* mean, const float* factor, const float* shift,
                        float* y) noexcept {
  for (idx i = 0; i < count; i += lanes)
    store(y + i, (load(x + i) - load(mean + i)) * load(factor + i) + load(shift + i));
}
/// dx = (dy - plain - (x - mean) scaled) factor
inline void standardise_backward(idx count, const float* dy, const float* x, const float* mean, const float* plain,
                                 const float* scaled, const float* factor, float* dx) noexcept {
  for (idx i = 0; i < count; i += lanes) {
    const vec d = load(x + i) - load(mean + i);
    store(dx + i, (load(dy + i) - load(plain + i) - d * load(scaled + i)) * load(factor + i));
  }
}
/// sum += (x - mean)^2
inline void add_squares(idx count, const float* x, const float* mean, float* sum) noexcept {
  for (idx i = 0; i < count; i += lanes) {
    const vec d = load(x + i) - load(mean + i);
    store(sum + i, load(sum + i) + d * d);
  }
}
/// plain += g, scaled += g (x - mean)
inline void add_moments(idx count, const float* g, const float* x, const float* mean, float* plain,
                        float* scaled) noexcept {
  for (idx i = 0; i < count; i += lanes) {
    const vec v = load(g + i);
    store(plain + i, load(plain + i) + v);
    store(scaled + i, load(scaled + i) + v * (load(x + i) - load(mean + i)));
  }
}

/// y = exp(x - most)
inline void shifted_exponential(idx count, const float* x, const float* most, float* y) noexcept {
  for (idx i = 0; i < count; i += lanes) store(y + i, exponential(load(x + i) - load(most + i)));
}
/// y = ln(v + offset) scale, v = x where it is above the floor, else low
inline void scaled_logarithm(idx count, const float* x, float floor, float low, float offset, float by,
                             float* y) noexcept {
  for (idx i = 0; i < count; i += lanes) {
    const vec v = load(x + i);
    store(y + i, natural_logarithm((v <= floor ? splat(low) : v) + offset) * by);
  }
}

/// One step of Adam, with what all its values share: see op::adam.
inline void adam_step(idx count, const float* g, float* m, float* v, float* w, const adam_numbers* n) noexcept {
  for (idx i = 0; i < count; i += lanes) {
    const vec weight = load(w + i) * n->kept, gradient = load(g + i) + n->decay * weight;
    const vec mean = n->beta1 * load(m + i) + n->rest1 * gradient;
    const vec square = n->beta2 * load(v + i) + n->rest2 * gradient * gradient;
    store(m + i, mean);
    store(v + i, square);
    store(w + i, weight - n->rate * (mean / n->correction1) / (root(square / n->correction2) + n->epsilon));
  }
}
/// One step of gradient descent: see op::sgd.
inline void sgd_step(idx count, const float* g, float* m, float* w, const sgd_numbers* n) noexcept {
  for (idx i = 0; i < count; i += lanes) {
    const vec weight = load(w + i), gradient = load(g + i) + n->decay * weight;
    vec step = gradient;
    if (m) {
      const vec mean = n->first ? gradient : n->momentum * load(m + i) + gradient;
      store(m + i, mean);
      step = n->nesterov ? gradient + n->momentum * mean : mean;
    }
    store(w + i, weight - n->rate * step);
  }
}

}  // namespace auris::detail::AURIS_SET
