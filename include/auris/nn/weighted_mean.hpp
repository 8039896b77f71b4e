#pragma once
#include <auris/nn/compose/parallel.hpp>
#include <auris/nn/global_pool.hpp>
#include <auris/op/weighted_mean.hpp>

namespace auris {

/// Merges two branches of `parallel`, values and weights of the same shape: y = sum weight x / sum weight over all axes but the
/// last. Where the weights add up to 0, y and all gradients are 0. What pooling with attention ends with (attention.hpp).
///
/// Shape       (..., channel) twice -> (channel).
/// Streaming   no: it needs the whole clip.
/// Errors      `cannot_merge<...>` where the shapes differ; no frame at all.
///
///     struct gated : parallel<weighted_mean, linear<5>, sequential<linear<5>, sigmoid>> {};
///     struct net : bind<gated, dims(dyn, 64)> {};
///     static_assert(net::shape_of<"main"> == dims(5));
struct weighted_mean {
  static constexpr bool streams = false;
  template <std::size_t N>
  static constexpr bool accepts(const std::array<shape, N>& s) {
    return N == 2 && s[0] == s[1] && detail::has_maps(s[0]);
  }
  template <std::size_t N>
  static constexpr shape infer(const std::array<shape, N>& s) {
    return dims(s[0][-1]);
  }
  template <class C>
  static void forward(C c, const std::array<in<C>, 2>& b, out<C> y) {
    kernel_in<op::weighted_mean, C>::forward({c.queue, nullptr}, size(b[0]), b[0].p, b[1].p, y.p);
  }
  template <class C>
  static void backward(C c, const std::array<in<C>, 2>& b, in<C> dy, const std::array<out<C>, 2>& d) {
    kernel_in<op::weighted_mean, C>::backward({c.queue, nullptr}, size(b[0]), b[0].p, b[1].p, dy.p, d[0].p, d[1].p);
  }

 private:
  template <class V>
  static op::weighted_mean::size size(const V& x) {
    return {x.n, x.s.count(0, x.s.rank - 1), x.s[-1]};
  }
};

}  // namespace auris
