#pragma once
#include <auris/nn/compose/leaf.hpp>
#include <auris/op/activation.hpp>

namespace auris::detail {

/// What all element-wise layers share; see relu.hpp, sigmoid.hpp, hyperbolic_tangent.hpp.
template <class Operation>
struct activation {
  static constexpr bool accepts(shape) { return true; }
  static constexpr shape infer(shape s) { return s; }

  struct bind {
    static constexpr bool streams = true, in_place = true, input_unread = true, recomputes = true;
    template <class C>
    static constexpr idx workspace(workload w) {
      return workspace_of<Operation, C>(typename Operation::size{w.size()}, w.workers);
    }
    template <class C>
    static void forward(C c, in<C> x, out<C> y) {
      kernel_in<Operation, C>::forward(c.work(), {x.size()}, x.p, y.p);
    }
    template <class C>
    static void backward(C c, in<C> x, in<C> y, in<C> dy, out<C> dx) {
      if (dx.p) kernel_in<Operation, C>::backward(c.work(), {x.size()}, x.p, y.p, dy.p, dx.p);
    }
  };
};

}  // namespace auris::detail
