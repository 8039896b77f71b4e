#pragma once
#include <auris/nn/compose/leaf.hpp>
#include <auris/op/softmax.hpp>

namespace auris {

namespace detail {
template <class Operation, int Axis>
struct softmax_layer {
  using input = expects<any_axes>;
  static constexpr int axis(shape s) { return Axis < 0 ? s.rank + Axis : Axis; }
  static constexpr bool accepts(shape s) { return axis(s) >= 0 && s.rank > axis(s); }
  static constexpr shape infer(shape s) { return s; }

  template <shape In>
  struct bind {
    static constexpr bool streams = axis(In) > 0;
    template <class C>
    static constexpr idx workspace(workload w) {
      return workspace_of<Operation, C>(size(w.items, w.item), w.workers);
    }
    template <class C>
    static void forward(C c, in<C> x, out<C> y) {
      kernel_in<Operation, C>::forward(c.work(), size(x.n, x.s), x.p, y.p);
    }
    template <class C>
    static void backward(C c, in<C>, in<C> y, in<C> dy, out<C> dx) {
      if (dx.p) kernel_in<Operation, C>::backward(c.work(), size(y.n, y.s), y.p, dy.p, dx.p);
    }

   private:
    static constexpr typename Operation::size size(idx n, shape s) {
      const int a = axis(s);
      return {n * s.count(0, a), s[a], s.count(a + 1, s.rank)};
    }
  };
};
}  // namespace detail

/// Softmax over an axis (default: the last): y = exp(x) / sum exp(x).
///
/// Shape       unchanged.
/// Memory      none beyond input and output.
/// Streaming   yes, but not over time.
///
///     struct net : bind<sequential<linear<5>, softmax<>>, dims(dyn, 64)> {};
template <int Axis = -1>
struct softmax : detail::softmax_layer<op::softmax, Axis> {};

/// The logarithm of softmax, computed directly: finite even where softmax itself rounds to zero.
///
///     struct net : bind<sequential<linear<5>, log_softmax<>>, dims(dyn, 64)> {};
template <int Axis = -1>
struct log_softmax : detail::softmax_layer<op::log_softmax, Axis> {};

}  // namespace auris
