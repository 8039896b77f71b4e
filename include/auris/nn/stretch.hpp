#pragma once
#include <auris/nn/compose/sized_operation.hpp>
#include <auris/op/resize.hpp>

namespace auris {

/// Any number of frames to `Frames`, interpolated linearly: embeddings on a fine grid to that of the labels.
///
///     y[t] = x at max((t + 1/2) time / Frames - 1/2, 0), between its two neighbours; behind the last frame that one
///
/// Shape       (time, ...) -> (Frames, ...); at least one frame.
/// Memory      none beyond input and output.
/// Streaming   no.
/// Errors      a call without frames.
/// Source      https://pytorch.org/docs/stable/generated/torch.nn.functional.interpolate.html (linear, align_corners=False)
///
///     struct net : bind<stretch_time<200>, dims(dyn, 512)> {};
///     static_assert(net::shape_of<"main"> == dims(200, 512));
template <idx Frames>
struct stretch_time {
  static_assert(Frames > 0, "auris: at least one frame comes out");
  using input = expects<any_axes>;
  static constexpr bool accepts(shape s) { return s.rank >= 1 && s[0] != 0; }
  static constexpr shape infer(shape s) { return s.with(0, Frames); }

  struct bind : detail::sized_operation<op::interpolate, bind> {
    static constexpr op::interpolate::size size(idx n, shape s) { return {n, s[0], s.count(1, s.rank), Frames, true}; }
  };
};

}  // namespace auris
