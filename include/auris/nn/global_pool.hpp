#pragma once
#include <auris/nn/compose/sized_operation.hpp>
#include <auris/op/reduce.hpp>
#include <auris/op/weighted_rank.hpp>

namespace auris {

namespace detail {
/// Whether there is at least one value of each channel, as far as that is known.
constexpr bool has_maps(shape s) {
  if (s.rank < 2 || s[-1] == dyn) return false;
  for (int i = 0; i + 1 < s.rank; ++i)
    if (s[i] == 0) return false;
  return true;
}

/// What global_max and global_average share.
template <class Operation>
struct global_reduction {
  using input = expects<any_axes, known<axis::channel>>;
  static constexpr bool accepts(shape s) { return detail::has_maps(s); }
  static constexpr shape infer(shape s) { return dims(s[-1]); }

  struct bind : sized_operation<Operation, bind> {
    static constexpr typename Operation::size size(idx n, shape s) { return {n, s.count(0, s.rank - 1), s[-1]}; }
  };
};
}  // namespace detail

/// Global max pooling (GMP): the largest of each channel's map, y = max over time and mel of x. NaN wins; of equal values the
/// first takes the gradient.
///
/// Shape       (time, mel, channel) or (time, channel) -> (channel).
/// Memory      none beyond input and output.
/// Streaming   no: it needs the whole clip.
/// Errors      no frame at all, or no mel bin.
/// Source      https://pytorch.org/docs/stable/generated/torch.amax.html
///
///     struct net : bind<sequential<as_image, conv2d<41>, sigmoid, global_max>, dims(dyn, 64)> {};
///     static_assert(net::shape_of<"main"> == dims(41));
struct global_max : detail::global_reduction<op::max_axis> {};

/// Global average pooling (GAP): the mean of each channel's map.
///
/// Shape       (time, mel, channel) or (time, channel) -> (channel).
/// Memory      none beyond input and output.
/// Streaming   no: it needs the whole clip.
/// Errors      no frame at all, or no mel bin.
/// Source      Lin, Chen and Yan 2014, section 3.2
///
///     struct net : bind<sequential<as_image, conv2d<41>, sigmoid, global_average>, dims(dyn, 64)> {};
struct global_average : detail::global_reduction<op::mean_axis> {};

/// Global weighted rank pooling (GWRP): the values of each channel's map x in descending order, with weights that fall by a
/// ratio: y = sum_j Ratio^j x_(j) / sum_j Ratio^j, j from 0. Every value counts; 0 is GMP, 1 is GAP.
///
/// Shape       (time, mel, channel) or (time, channel) -> (channel).
/// Memory      cache of the size of its input: the weight of each value.
/// Streaming   no: it needs the whole clip.
/// Errors      no frame at all, or no mel bin.
/// Source      Kolesnikov and Lampert 2016, eq. 2; for sound events Kong et al. 2019, whose ratio is 0.9998
///
///     struct net : bind<sequential<as_image, conv2d<41>, sigmoid, global_weighted_rank<0.9998>>, dims(dyn, 64)> {};
template <real Ratio>
struct global_weighted_rank {
  static_assert(Ratio.value >= 0 && Ratio.value <= 1, "auris: a ratio of weights lies in [0, 1]");
  using input = expects<any_axes, known<axis::channel>>;
  static constexpr bool accepts(shape s) { return detail::has_maps(s); }
  static constexpr shape infer(shape s) { return dims(s[-1]); }

  struct bind {
    static constexpr idx cache(workload w) { return w.size(); }
    template <class C>
    static constexpr idx workspace(workload w) {
      return workspace_of<op::weighted_rank, C>(size(w.items, w.item), w.workers);
    }
    template <class C>
    static void forward(C c, in<C> x, out<C> y) {
      kernel_in<op::weighted_rank, C>::forward(c.work(), size(x.n, x.s), x.p, y.p, C::mode::caches ? c.cache : nullptr);
    }
    template <class C>
    static void backward(C c, in<C> x, in<C>, in<C> dy, out<C> dx) {
      if (dx.p) kernel_in<op::weighted_rank, C>::backward(c.work(), size(x.n, x.s), c.cache, dy.p, dx.p);
    }

   private:
    static constexpr op::weighted_rank::size size(idx n, shape s) {
      return {n, s.count(0, s.rank - 1), s[-1], Ratio.value};
    }
  };
};

}  // namespace auris
