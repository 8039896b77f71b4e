#pragma once
#include <algorithm>
#include <auris/op/weighted_rank.hpp>

namespace auris {

template <class T>
struct kernel<op::weighted_rank, reference, T> {
  using R = resources<reference, T>;

  /// The places of a column's values, in the order of their ranks; exact as long as T holds them.
  static constexpr idx forward_workspace(const op::weighted_rank::size& s, int) { return s.length; }

  static void forward(const R& r, const op::weighted_rank::size& s, const T* x, T* y, T* share) noexcept {
    double all = 0, power = 1;
    for (idx j = 0; j < s.length; ++j, power *= s.ratio) all += power;
    T* const place = r.workspace;
    for (idx o = 0; o < s.outer; ++o)
      for (idx i = 0; i < s.inner; ++i) {
        const auto at = [&](T p) { return (o * s.length + static_cast<idx>(p)) * s.inner + i; };
        for (idx l = 0; l < s.length; ++l) place[l] = static_cast<T>(l);
        std::sort(place, place + s.length, [&](T p, T q) {
          const T a = x[at(p)], b = x[at(q)];
          const bool a_nan = a != a, b_nan = b != b;
          if (a_nan != b_nan) return a_nan;
          return a_nan || a == b ? p < q : a > b;
        });
        T sum = 0;
        power = 1;
        for (idx j = 0; j < s.length; ++j, power *= s.ratio) {
          const T part = static_cast<T>(power / all);
          sum += part * x[at(place[j])];
          if (share) share[at(place[j])] = part;
        }
        if (y) y[o * s.inner + i] = sum;
      }
  }
  static void backward(const R&, const op::weighted_rank::size& s, const T* share, const T* dy, T* dx) noexcept {
    for (idx o = 0; o < s.outer; ++o)
      for (idx l = 0; l < s.length; ++l)
        for (idx i = 0; i < s.inner; ++i) {
          const idx k = (o * s.length + l) * s.inner + i;
          dx[k] = dy[o * s.inner + i] * share[k];
        }
  }
};

}  // namespace auris
