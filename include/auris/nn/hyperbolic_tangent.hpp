#pragma once
#include <auris/nn/activation.hpp>

namespace auris {

/// Element by element: y = tanh(x).
///
/// Shape       any, unchanged.
/// Memory      none beyond input and output; in place in inference, and in training behind layers that do not need their output.
/// Streaming   yes.
/// Source      https://pytorch.org/docs/stable/generated/torch.nn.Tanh.html
///
///     struct net : bind<hyperbolic_tangent, dims(dyn, 64)> {};
///     static_assert(net::parameters == 0 && net::shape_of<"main"> == dims(dyn, 64));
struct hyperbolic_tangent : detail::activation<op::tanh> {};

}  // namespace auris
