#pragma once
#include <auris/nn/mean.hpp>

namespace auris {

/// The largest value over one axis, which then disappears.
///
/// Shape       without the axis; at least one other must remain.
/// Memory      none beyond input and output.
/// Streaming   yes, but not over time.
/// Errors      an axis without values.
///
///     struct net : bind<parallel<sum, max_time, mean_time>, dims(dyn, 2048)> {};      // behind the last block of PANNs
///     static_assert(net::shape_of<"main"> == dims(2048));
template <int Axis>
struct max_over : detail::reduction<op::max_axis, Axis> {
  using input = expects<any_axes>;
};

/// Over time.
struct max_time : max_over<0> {};

}  // namespace auris
