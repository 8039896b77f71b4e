#pragma once
#include <auris/nn/compose/sized_operation.hpp>
#include <auris/op/reduce.hpp>

namespace auris {

namespace detail {
/// What `mean` and `max_over` share.
template <class Operation, int Axis>
struct reduction {
  static constexpr bool accepts(shape s) { return s.rank > Axis && s.rank > 1 && s[Axis] != 0; }
  static constexpr shape infer(shape s) { return s.without(Axis); }

  struct bind : sized_operation<Operation, bind> {
    static constexpr bool streams = Axis > 0, input_unread = std::is_same_v<Operation, op::mean_axis>;
    static constexpr typename Operation::size size(idx n, shape s) {
      return {n * s.count(0, Axis), s[Axis], s.count(Axis + 1, s.rank)};
    }
  };
};
}  // namespace detail

/// The mean over one axis, which then disappears.
///
/// Shape       without the axis; at least one other must remain.
/// Memory      none beyond input and output.
/// Streaming   yes, but not over time.
/// Errors      an axis without values.
///
///     struct net : bind<mean<1>, dims(dyn, 4, 512)> {};      // over mel: what PANNs do behind the last block
///     static_assert(net::shape_of<"main"> == dims(dyn, 512));
template <int Axis>
struct mean : detail::reduction<op::mean_axis, Axis> {
  using input = expects<any_axes>;
};

/// The mean over mel of (time, mel, channel), and over time.
struct mean_mel : mean<1> {};
struct mean_time : mean<0> {};

}  // namespace auris
