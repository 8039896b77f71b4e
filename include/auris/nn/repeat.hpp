#pragma once
#include <auris/nn/compose/leaf.hpp>
#include <auris/op/resize.hpp>

namespace auris {

/// Every frame `Times` times in a row: scores of pooled frames on a finer grid of labels.
///
///     y[t] = x[floor(t / Times)]
///
/// Shape       (time, ...) -> (Times * time, ...).
/// Memory      none beyond input and output.
/// Streaming   yes.
/// Source      https://pytorch.org/docs/stable/generated/torch.repeat_interleave.html
///
///     struct net : bind<sequential<linear<14>, sigmoid, repeat_time<8>>, dims(10, 256)> {};
///     static_assert(net::shape_of<"main"> == dims(80, 14));
template <idx Times>
struct repeat_time {
  static_assert(Times > 0, "auris: a frame is repeated at least once");
  using input = expects<axis::time>;
  static constexpr bool accepts(shape s) { return s.rank >= 1; }
  static constexpr shape infer(shape s) { return s[0] == dyn ? s : s.with(0, s[0] * Times); }

  struct bind {
    static constexpr bool streams = true, input_unread = true, output_unread = true, recomputes = true;
    static constexpr op::repeat::size size(idx n, shape s) {
      return {n, s[0], s.count(1, s.rank), Times, s[0] * Times};
    }
    template <class C>
    static constexpr idx workspace(workload w) {
      return workspace_of<op::repeat, C>(size(w.items, w.item), w.workers);
    }
    template <class C>
    static void forward(C c, in<C> x, out<C> y) {
      if (x.s[0] > 0) kernel_in<op::repeat, C>::forward(c.work(), size(x.n, x.s), x.p, y.p);
    }
    template <class C>
    static void backward(C c, in<C> x, in<C>, in<C> dy, out<C> dx) {
      if (dx.p && x.s[0] > 0) kernel_in<op::repeat, C>::backward(c.work(), size(x.n, x.s), dy.p, dx.p);
    }
  };
};

}  // namespace auris
