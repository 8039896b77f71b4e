#pragma once
#include <auris/op/attention_pool.hpp>
#include <cmath>

namespace auris {

template <class T>
struct kernel<op::attention_pool, reference, T> {
  using R = resources<reference, T>;
  using size = op::attention_pool::size;
  template <class U>
  using weights = op::attention_pool::weights<U>;

  /// Of one column: u, v and a.
  static constexpr idx forward_workspace(const size& s, int) { return 3 * s.length; }
  static constexpr idx backward_workspace(const size& s, int) { return 3 * s.length; }

  static void forward(const R& r, const size& s, const T* x, const weights<const T>& w, T* y, T* a) noexcept {
    for_columns(s, r.workspace, [&](const column& c) {
      c.compute(s, x, w);
      if (y) y[c.pooled] = c.mean(s);
      for (idx o = 0; a && o < s.length; ++o) a[c.map + o] = c.a[o];
    });
  }
  static void backward(const R& r, const size& s, const T* x, const weights<const T>& w, const T* dy, const T* da,
                       T* dx, const weights<T>* gradients) noexcept {
    for_columns(s, r.workspace, [&](const column& c) {
      c.compute(s, x, w);
      const T g = dy ? dy[c.pooled] : T(0);
      const auto slope_of_a = [&](idx o) { return g * c.value(s, o) + (da ? da[c.map + o] : T(0)); };
      T sum = 0;
      for (idx o = 0; o < s.length; ++o) sum += c.a[o] * slope_of_a(o);
      for (idx o = 0; o < s.length; ++o) {
        T du = g * c.a[o], dv = c.a[o] * (slope_of_a(o) - sum);
        if (s.how == op::attention_pool::form::code)
          du *= c.value(s, o) * (1 - c.value(s, o));
        else
          dv *= sigmoid(c.v[o]) * (1 - sigmoid(c.v[o]));
        c.u[o] = du, c.v[o] = dv;
      }
      for (idx l = 0; l < s.length; ++l) {
        T all = 0;
        for (idx o = 0; o < s.length; ++o)
          all += w.value[o * s.length + l] * c.u[o] + w.attention[o * s.length + l] * c.v[o];
        if (dx) dx[c.first + l * s.inner] = all;
      }
      for (idx o = 0; gradients && o < s.length; ++o) {
        gradients->value_bias[o] += c.u[o];
        gradients->attention_bias[o] += c.v[o];
        for (idx l = 0; l < s.length; ++l) {
          gradients->value[o * s.length + l] += c.u[o] * x[c.first + l * s.inner];
          gradients->attention[o * s.length + l] += c.v[o] * x[c.first + l * s.inner];
        }
      }
    });
  }

 private:
  static T sigmoid(T v) { return 1 / (1 + std::exp(-v)); }

  /// What one (item, before, inner) comes to.
  struct column {
    idx first, pooled, map;  ///< in x, y, a
    T *u, *v, *a;

    void compute(const size& s, const T* x, const weights<const T>& w) const {
      for (idx o = 0; o < s.length; ++o) {
        u[o] = w.value_bias[o], v[o] = w.attention_bias[o];
        for (idx l = 0; l < s.length; ++l) {
          u[o] += w.value[o * s.length + l] * x[first + l * s.inner];
          v[o] += w.attention[o * s.length + l] * x[first + l * s.inner];
        }
        a[o] = s.how == op::attention_pool::form::code ? v[o] : sigmoid(v[o]);
      }
      T most = a[0], sum = 0;
      for (idx o = 1; o < s.length; ++o) most = a[o] > most ? a[o] : most;
      for (idx o = 0; o < s.length; ++o) sum += a[o] = std::exp(a[o] - most);
      for (idx o = 0; o < s.length; ++o) a[o] /= sum;
    }
    T value(const size& s, idx o) const { return s.how == op::attention_pool::form::code ? sigmoid(u[o]) : u[o]; }
    T mean(const size& s) const {
      T sum = 0;
      for (idx o = 0; o < s.length; ++o) sum += a[o] * value(s, o);
      return sum;
    }
  };
  template <class Work>
  static void for_columns(const size& s, T* workspace, const Work& work) {
    for (idx n = 0; n < s.items; ++n)
      for (idx b = 0; b < s.before; ++b)
        for (idx i = 0; i < s.inner; ++i) {
          const idx row = n * s.before + b;
          work(column{row * s.length * s.inner + i, row * s.inner + i, ((n * s.inner + i) * s.before + b) * s.length,
                      workspace, workspace + s.length, workspace + 2 * s.length});
        }
  }
};

}  // namespace auris
