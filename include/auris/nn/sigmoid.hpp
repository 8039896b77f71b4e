#pragma once
#include <auris/nn/activation.hpp>

namespace auris {

/// Element by element: y = 1 / (1 + exp(-x)).
///
/// Shape       any, unchanged.
/// Memory      none beyond input and output; in place in inference, and in training behind layers that do not need their output.
/// Streaming   yes.
/// Source      https://pytorch.org/docs/stable/generated/torch.nn.Sigmoid.html
///
///     struct net : bind<sigmoid, dims(dyn, 64)> {};
///     static_assert(net::parameters == 0 && net::shape_of<"main"> == dims(dyn, 64));
struct sigmoid : detail::activation<op::sigmoid> {};

}  // namespace auris
