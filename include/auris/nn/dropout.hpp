#pragma once
#include <auris/nn/compose/deployed.hpp>
#include <auris/op/dropout.hpp>

namespace auris {

/// Zeroes each value with a probability in training and scales the others by 1 / (1 - probability); passes on in
/// inference; vanishes from deployed networks.
///
/// The mask is a function of (seed, step, layer, item, element): it does not depend on threads, on how a batch is
/// split, or on what `only` removed.
///
/// Shape       any, unchanged.
/// Memory      none: backward draws the mask again. One stream of random numbers.
/// Streaming   yes.
/// Source      Srivastava et al. 2014; https://pytorch.org/docs/stable/generated/torch.nn.Dropout.html
///
///     struct net : bind<sequential<linear<32>, dropout<0.2>>, dims(dyn, 64)> {};
template <real Probability>
struct dropout {
  static_assert(Probability.value >= 0 && Probability.value < 1, "auris: a dropout probability lies in [0, 1)");
  static constexpr bool accepts(shape) { return true; }
  static constexpr shape infer(shape s) { return s; }

  struct bind {
    static constexpr bool streams = true, in_place = true, input_unread = true, output_unread = true;
    static constexpr idx random_streams = 1;
    template <class C>
    static constexpr idx workspace(workload w) {
      return workspace_of<op::dropout, C>(op::dropout::size{w.items, w.item.size(), Probability.value}, w.workers);
    }
    template <class C>
    static void forward(C c, in<C> x, out<C> y) {
      if constexpr (C::mode::stochastic)
        kernel_in<op::dropout, C>::forward(c.work(), {x.n, x.s.size(), Probability.value}, c.random, x.p, y.p);
      else if (x.p != y.p)
        detail::copy(c, x, y);
    }
    template <class C>
    static void backward(C c, in<C>, in<C>, in<C> dy, out<C> dx) {
      if (dx.p) forward(c, dy, dx);
    }
  };
};

template <real P>
struct deployment_rule<dropout<P>> {
  using type = specs<>;
};

}  // namespace auris
