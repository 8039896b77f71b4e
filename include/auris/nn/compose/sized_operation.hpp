#pragma once
#include <auris/nn/compose/leaf.hpp>

namespace auris::detail {

/// The `bind` of a layer that is one operation without parameters: `Bind::size(items, item)` says its size. Gradients that do not
/// need the input are those of kernels that do not take it.
template <class Operation, class Bind>
struct sized_operation {
  static constexpr bool output_unread = true;
  template <class C>
  static constexpr idx workspace(workload w) {
    return workspace_of<Operation, C>(Bind::size(w.items, w.item), w.workers);
  }
  template <class C>
  static void forward(C c, in<C> x, out<C> y) {
    kernel_in<Operation, C>::forward(c.work(), Bind::size(x.n, x.s), x.p, y.p);
  }
  template <class C>
  static void backward(C c, in<C> x, in<C>, in<C> dy, out<C> dx) {
    using kernel = kernel_in<Operation, C>;
    if (!dx.p) return;
    if constexpr (requires { kernel::backward(c.work(), Bind::size(x.n, x.s), x.p, dy.p, dx.p); })
      kernel::backward(c.work(), Bind::size(x.n, x.s), x.p, dy.p, dx.p);
    else
      kernel::backward(c.work(), Bind::size(x.n, x.s), dy.p, dx.p);
  }
};

}  // namespace auris::detail
