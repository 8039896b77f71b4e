#pragma once
#include <auris/nn/compose/leaf.hpp>
#include <auris/op/transpose.hpp>

namespace auris {

/// Brings the last axis to the front: (time, mel, channel) -> (channel, time, mel), PyTorch's order, for outputs.
///
/// Shape       (..., channel) -> (channel, ...).
/// Memory      none beyond input and output.
/// Streaming   no: time is no longer the first axis.
///
///     struct net : bind<sequential<as_image, conv2d<8>, channels_first>, dims(dyn, 64)> {};
///     static_assert(net::shape_of<"main"> == dims(8, dyn, 64));
struct channels_first {
  using input = expects<any_axes>;
  static constexpr bool accepts(shape s) { return s.rank >= 1; }
  static constexpr shape infer(shape s) {
    shape r = s.with(0, s[-1]);
    for (int i = 1; i < s.rank; ++i) r.extent[i] = s.extent[i - 1];
    return r;
  }

  struct bind {
    template <class C>
    static constexpr idx workspace(workload w) {
      return workspace_of<op::transpose, C>(size(w.items, w.item), w.workers);
    }
    template <class C>
    static void forward(C c, in<C> x, out<C> y) {
      kernel_in<op::transpose, C>::forward(c.work(), size(x.n, x.s), x.p, y.p);
    }
    template <class C>
    static void backward(C c, in<C> x, in<C>, in<C> dy, out<C> dx) {
      const op::transpose::size s = size(x.n, x.s);
      if (dx.p) kernel_in<op::transpose, C>::forward(c.work(), {s.items, s.columns, s.rows}, dy.p, dx.p);
    }

   private:
    static constexpr op::transpose::size size(idx n, shape s) { return {n, s.count(0, s.rank - 1), s[-1]}; }
  };
};

}  // namespace auris
