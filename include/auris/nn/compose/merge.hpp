#pragma once
#include <auris/nn/compose/parts.hpp>
#include <auris/op/resize.hpp>

namespace auris {

namespace detail {
/// A branch of rank 1 is repeated over the leading axes of the first one.
struct elementwise_merge {
  template <std::size_t N>
  static constexpr bool accepts(const std::array<shape, N>& s) {
    for (shape o : s)
      if (o == nothing || (o != s[0] && !(o.rank == 1 && o[0] == s[0][-1]))) return false;
    return true;
  }
  template <std::size_t N>
  static constexpr shape infer(const std::array<shape, N>& s) {
    return s[0];
  }
  template <class Size, class V>
  static Size size(V whole, V part) {
    const bool repeated = part.s != whole.s;
    const idx last = whole.s.rank ? whole.s[-1] : 1;
    if (!repeated) return {1, 1, whole.size(), false};
    return {whole.n, whole.s.size() / last, last, true};
  }
};
}  // namespace detail

/// Adds the results of the branches of `parallel`; a branch of shape (channel) is repeated over the leading axes.
struct sum : detail::elementwise_merge {
  static constexpr bool adds = true;
  /// The first result may lie in y.
  template <class C, std::size_t N>
  static void forward(C c, const std::array<in<C>, N>& b, out<C> y) {
    if (b[0].p != y.p) detail::copy(c, b[0], y);
    for (std::size_t k = 1; k < N; ++k)
      kernel_in<op::add, C>::forward(c.work(), size<op::add::size>(in<C>(y), b[k]), b[k].p, y.p);
  }
  template <class C, std::size_t N>
  static void backward(C c, const std::array<in<C>, N>&, in<C> dy, const std::array<out<C>, N>& d) {
    for (const auto& part : d)  // those of branches that are not repeated are dy
      if (const auto s = size<op::add::size>(dy, in<C>(part)); s.repeated)
        kernel_in<op::add, C>::backward(c.work(), s, dy.p, part.p);
  }
};

/// Multiplies the results of the two branches of `parallel`; a second one of shape (channel) is repeated over the leading axes.
struct product : detail::elementwise_merge {
  template <std::size_t N>
  static constexpr bool accepts(const std::array<shape, N>& s) {
    return N == 2 && detail::elementwise_merge::accepts(s);
  }
  template <class C>
  static void forward(C c, const std::array<in<C>, 2>& b, out<C> y) {
    kernel_in<op::multiply, C>::forward(c.work(), size<op::multiply::size>(b[0], b[1]), b[0].p, b[1].p, y.p);
  }
  template <class C>
  static void backward(C c, const std::array<in<C>, 2>& b, in<C> dy, const std::array<out<C>, 2>& d) {
    kernel_in<op::multiply, C>::backward(c.work(), size<op::multiply::size>(b[0], b[1]), b[0].p, b[1].p, dy.p, d[0].p,
                                         d[1].p);
  }
};

/// Puts the results of the branches of `parallel` one behind the other along an axis, which must be known at compile time.
template <int Axis>
struct concat {
  static constexpr bool results_unread = true;
  template <std::size_t N>
  static constexpr bool accepts(const std::array<shape, N>& s) {
    for (shape o : s)
      if (o == nothing || o.rank != s[0].rank || Axis >= o.rank || o.with(Axis, 1) != s[0].with(Axis, 1) ||
          o[Axis] == dyn)
        return false;
    return true;
  }
  template <std::size_t N>
  static constexpr shape infer(const std::array<shape, N>& s) {
    idx n = 0;
    for (shape o : s) n += o[Axis];
    return s[0].with(Axis, n);
  }
  template <class C, std::size_t N>
  static void forward(C c, const std::array<in<C>, N>& b, out<C> y) {
    idx at = 0;
    const idx row = y.s.count(Axis, y.s.rank);
    for (const auto& part : b) {
      const idx count = part.s.count(Axis, part.s.rank);
      kernel_in<op::copy, C>::forward(c.work(), {part.n * part.s.count(0, Axis), count, count, row}, part.p, y.p + at);
      at += count;
    }
  }
  template <class C, std::size_t N>
  static void backward(C c, const std::array<in<C>, N>&, in<C> dy, const std::array<out<C>, N>& d) {
    idx at = 0;
    const idx row = dy.s.count(Axis, dy.s.rank);
    for (const auto& part : d) {
      const idx count = part.s.count(Axis, part.s.rank);
      kernel_in<op::copy, C>::forward(c.work(), {part.n * part.s.count(0, Axis), count, row, count}, dy.p + at, part.p);
      at += count;
    }
  }
};

/// Brings the first of two branches of `parallel`, which has fewer frames, back to as many as the second one has: every
/// frame is held for `Times` frames, the last one for all that are left. Of the second branch only its length counts.
///
///     y[t] = a[min(floor(t / Times), frames of a - 1)]
///
/// Shape       (time / Times, ...), (time, ...) -> (time, ...) of the first
/// Streaming   no.
/// Source      Kong et al. 2020 (PANNs): frame-wise outputs
///
///     struct net : bind<parallel<hold<4>, avg_pool<4, 2>, identity>, dims(dyn, 64, 1)> {};   // pooled in time, and back
///     static_assert(net::shape_of<"main"> == dims(dyn, 32, 1));
template <idx Times>
struct hold {
  static_assert(Times > 0, "auris: a frame is held at least once");
  static constexpr bool streams = false, results_unread = true;
  template <std::size_t N>
  static constexpr bool accepts(const std::array<shape, N>& s) {
    return N == 2 && s[0].rank >= 1 && s[1].rank >= 1 && (s[0][0] != 0 || s[1][0] == 0);
  }
  template <std::size_t N>
  static constexpr shape infer(const std::array<shape, N>& s) {
    return s[0].with(0, s[1][0]);
  }
  template <class C>
  static void forward(C c, const std::array<in<C>, 2>& b, out<C> y) {
    if (y.s[0] > 0) kernel_in<op::repeat, C>::forward(c.work(), size(b[0], y.s[0]), b[0].p, y.p);
  }
  template <class C>
  static void backward(C c, const std::array<in<C>, 2>& b, in<C> dy, const std::array<out<C>, 2>& d) {
    if (b[0].s[0] > 0) kernel_in<op::repeat, C>::backward(c.work(), size(b[0], dy.s[0]), dy.p, d[0].p);
    C::backend::memory::clear(c.queue, d[1].size(), d[1].p);
  }

 private:
  template <class V>
  static op::repeat::size size(const V& a, idx frames) {
    return {a.n, a.s[0], a.s.count(1, a.s.rank), Times, frames};
  }
};

namespace detail {
/// What `only` makes of a merge whose result nobody reads.
template <class Merge>
struct discard : Merge {
  static constexpr bool discards = true;
};
}  // namespace detail
}  // namespace auris
