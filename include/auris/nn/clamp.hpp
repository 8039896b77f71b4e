#pragma once
#include <auris/nn/compose/leaf.hpp>
#include <auris/op/clamp.hpp>

namespace auris {

/// Element by element: y = min(max(x, Least), Most). Gradients pass where Least <= x <= Most.
///
/// Shape       any, unchanged.
/// Memory      none beyond input and output; in place in inference.
/// Streaming   yes.
/// Source      https://pytorch.org/docs/stable/generated/torch.clamp.html
///
///     struct net : bind<sequential<linear<5>, clamp<0.0, 1.0>>, dims(dyn, 64)> {};
template <real Least, real Most>
struct clamp {
  static_assert(Least.value <= Most.value, "auris: the least value is above the most");
  static constexpr bool accepts(shape) { return true; }
  static constexpr shape infer(shape s) { return s; }

  struct bind {
    static constexpr bool streams = true, in_place = true, output_unread = true, recomputes = true;
    template <class C>
    static constexpr idx workspace(workload w) {
      return workspace_of<op::clamp, C>(size(w.size()), w.workers);
    }
    template <class C>
    static void forward(C c, in<C> x, out<C> y) {
      kernel_in<op::clamp, C>::forward(c.work(), size(x.size()), x.p, y.p);
    }
    template <class C>
    static void backward(C c, in<C> x, in<C>, in<C> dy, out<C> dx) {
      if (dx.p) kernel_in<op::clamp, C>::backward(c.work(), size(x.size()), x.p, dy.p, dx.p);
    }

   private:
    static constexpr op::clamp::size size(idx count) { return {count, Least.value, Most.value}; }
  };
};

}  // namespace auris
