#pragma once
#include <auris/op/softmax.hpp>
#include <cmath>

namespace auris {

namespace detail {
/// Calls group(at) for every group of values that are normalised together; at(l) is the place of its l-th value.
template <class Size, class Group>
void for_softmax_groups(const Size& s, const Group& group) noexcept {
  for (idx o = 0; o < s.outer; ++o)
    for (idx i = 0; i < s.inner; ++i) group([&](idx l) { return (o * s.length + l) * s.inner + i; });
}
/// The largest of a group, and the sum of exp(x - largest).
template <class T>
struct softmax_norm {
  T largest, sum;
};
template <class T, class At>
softmax_norm<T> softmax_norm_of(const T* x, idx length, const At& at) noexcept {
  T m = x[at(0)], sum = 0;
  for (idx l = 1; l < length; ++l)
    if (x[at(l)] > m) m = x[at(l)];
  for (idx l = 0; l < length; ++l) sum += std::exp(x[at(l)] - m);
  return {m, sum};
}
}  // namespace detail

template <class T>
struct kernel<op::softmax, reference, T> {
  static void forward(const resources<reference, T>&, const op::softmax::size& s, const T* x, T* y) noexcept {
    detail::for_softmax_groups(s, [&](const auto& at) {
      const auto norm = detail::softmax_norm_of(x, s.length, at);
      for (idx l = 0; l < s.length; ++l) y[at(l)] = std::exp(x[at(l)] - norm.largest) / norm.sum;
    });
  }
  static void backward(const resources<reference, T>&, const op::softmax::size& s, const T* y, const T* dy,
                       T* dx) noexcept {
    detail::for_softmax_groups(s, [&](const auto& at) {
      T sum = 0;
      for (idx l = 0; l < s.length; ++l) sum += y[at(l)] * dy[at(l)];
      for (idx l = 0; l < s.length; ++l) dx[at(l)] = y[at(l)] * (dy[at(l)] - sum);
    });
  }
};

template <class T>
struct kernel<op::log_softmax, reference, T> {
  static void forward(const resources<reference, T>&, const op::log_softmax::size& s, const T* x, T* y) noexcept {
    detail::for_softmax_groups(s, [&](const auto& at) {
      const auto norm = detail::softmax_norm_of(x, s.length, at);
      for (idx l = 0; l < s.length; ++l) y[at(l)] = x[at(l)] - norm.largest - std::log(norm.sum);
    });
  }
  static void backward(const resources<reference, T>&, const op::log_softmax::size& s, const T* y, const T* dy,
                       T* dx) noexcept {
    detail::for_softmax_groups(s, [&](const auto& at) {
      T sum = 0;
      for (idx l = 0; l < s.length; ++l) sum += dy[at(l)];
      for (idx l = 0; l < s.length; ++l) dx[at(l)] = dy[at(l)] - std::exp(y[at(l)]) * sum;
    });
  }
};

}  // namespace auris
