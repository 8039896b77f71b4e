#pragma once
#include <auris/nn/activation.hpp>

namespace auris {

/// Element by element: y = max(x, 0).
///
/// Shape       any, unchanged.
/// Memory      none beyond input and output; in place in inference, and in training behind layers that do not need their output.
/// Streaming   yes.
/// Source      https://pytorch.org/docs/stable/generated/torch.nn.ReLU.html
///
///     struct net : bind<relu, dims(dyn, 64)> {};
///     static_assert(net::parameters == 0 && net::shape_of<"main"> == dims(dyn, 64));
struct relu : detail::activation<op::relu> {};

}  // namespace auris
