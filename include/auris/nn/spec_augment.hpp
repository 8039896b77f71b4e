#pragma once
#include <auris/nn/compose/deployed.hpp>
#include <auris/op/spec_augment.hpp>

namespace auris {

/// In training sets stripes of time and of mel to zero, other ones for each item; passes on in inference; vanishes from
/// deployed networks. The defaults are those of PANNs, which apply it behind `bn0`.
///
/// Each stripe is narrower than `Widest...`, by a width of 0 or more that is drawn evenly, and than its axis. What is drawn
/// is a function of (seed, step, layer, item): it does not depend on threads, on how a batch is split, or on what `only`
/// removed.
///
/// Shape       (time, mel) or (time, mel, channel), unchanged.
/// Memory      none: backward draws the stripes again. One stream of random numbers.
/// Streaming   yes.
/// Source      Park et al. 2019; Kong et al. 2020 (torchlibrosa's SpecAugmentation)
///
///     struct net : bind<sequential<as_image, batch_norm_mel, spec_augment<>, conv2d<8>>, dims(dyn, 64)> {};
///     struct milder : bind<spec_augment<1, 20, 1, 4>, dims(dyn, 64)> {};      // one stripe each, below 20 frames and 4 bins
template <idx TimeStripes = 2, idx WidestInTime = 64, idx MelStripes = 2, idx WidestInMel = 8>
struct spec_augment {
  static_assert(TimeStripes >= 0 && MelStripes >= 0 && WidestInTime > 0 && WidestInMel > 0,
                "auris: stripes are counted from 0 on, and widths from 1");
  using input = expects<axis::time, axis::mel, any_axes>;
  static constexpr bool accepts(shape s) { return s.rank == 2 || s.rank == 3; }
  static constexpr shape infer(shape s) { return s; }

  struct bind {
    static constexpr bool streams = true, in_place = true;
    static constexpr idx random_streams = 1;
    static constexpr op::spec_augment::size size(idx n, shape s) {
      return {n, s[0], s[1], s.count(2, s.rank), {TimeStripes, WidestInTime}, {MelStripes, WidestInMel}};
    }
    template <class C>
    static constexpr idx workspace(workload w) {
      return workspace_of<op::spec_augment, C>(size(w.items, w.item), w.workers);
    }
    template <class C>
    static void forward(C c, in<C> x, out<C> y) {
      if constexpr (C::mode::stochastic)
        kernel_in<op::spec_augment, C>::forward(c.work(), size(x.n, x.s), c.random, x.p, y.p);
      else if (x.p != y.p)
        detail::copy(c, x, y);
    }
    template <class C>
    static void backward(C c, in<C>, in<C>, in<C> dy, out<C> dx) {
      if (dx.p) forward(c, dy, dx);
    }
  };
};

template <idx TimeStripes, idx WidestInTime, idx MelStripes, idx WidestInMel>
struct deployment_rule<spec_augment<TimeStripes, WidestInTime, MelStripes, WidestInMel>> {
  using type = specs<>;
};

}  // namespace auris
