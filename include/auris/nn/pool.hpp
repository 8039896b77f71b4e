#pragma once
#include <auris/nn/compose/sized_operation.hpp>
#include <auris/op/pool.hpp>

namespace auris {

namespace detail {
/// What max_pool and avg_pool share.
template <class Operation, idx KernelTime, idx KernelMel, idx StrideTime, idx StrideMel, idx PaddingTime,
          idx PaddingMel>
struct pooling {
  using input = expects<axis::time, known<axis::mel>, known<axis::channel>>;
  using operation = Operation;
  static constexpr bool side_by_side =
      StrideTime == KernelTime && StrideMel == KernelMel && PaddingTime == 0 && PaddingMel == 0;
  static_assert(2 * PaddingTime <= KernelTime && 2 * PaddingMel <= KernelMel,
                "auris: padding is at most half the kernel");
  static constexpr bool accepts(shape s) {
    return s.rank == 3 && s[1] != dyn && s[2] != dyn && (s[0] == dyn || s[0] == 0 || time_axis(s[0]).outputs() > 0) &&
           mel_axis(s[1]).outputs() > 0;
  }
  static constexpr shape infer(shape s) {
    return dims(s[0] == dyn ? dyn : time_axis(s[0]).outputs(), mel_axis(s[1]).outputs(), s[2]);
  }
  static constexpr op::pool::axis time_axis(idx extent) { return {extent, KernelTime, StrideTime, PaddingTime}; }
  static constexpr op::pool::axis mel_axis(idx extent) { return {extent, KernelMel, StrideMel, PaddingMel}; }

  struct bind : sized_operation<Operation, bind> {
    static constexpr bool streams = KernelTime == 1 && StrideTime == 1;
    static constexpr bool input_unread = std::is_same_v<Operation, op::avg_pool>, recomputes = true;
    static constexpr op::pool::size size(idx n, shape s) { return {n, s[2], time_axis(s[0]), mel_axis(s[1])}; }
  };
};
}  // namespace detail

/// The largest value of each window of time and mel.
///
/// Shape       (time, mel, channel) -> (time', mel', channel), v' = floor((v + 2 padding - kernel) / stride) + 1;
///             padding never wins.
/// Memory      none beyond input and output.
/// Streaming   where the window is one frame.
/// Errors      `rejects<...>` where mel or channel is not known, or the window does not fit.
/// Source      https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html
///
///     struct net : bind<max_pool<1, 5>, dims(dyn, 64, 8)> {};
///     static_assert(net::shape_of<"main"> == dims(dyn, 12, 8));             // 64 / 5 is floored
template <idx KernelTime, idx KernelMel, idx StrideTime = KernelTime, idx StrideMel = KernelMel, idx PaddingTime = 0,
          idx PaddingMel = 0>
struct max_pool : detail::pooling<op::max_pool, KernelTime, KernelMel, StrideTime, StrideMel, PaddingTime, PaddingMel> {
  using pools = max_pool;  ///< itself, as part of the convolution before it, in a deployed network
};

/// The mean of each window of time and mel; padding counts as zeros (PyTorch's count_include_pad).
///
/// Shape       (time, mel, channel) -> (time', mel', channel), v' = floor((v + 2 padding - kernel) / stride) + 1.
/// Memory      none beyond input and output.
/// Streaming   where the window is one frame.
/// Errors      `rejects<...>` where mel or channel is not known, or the window does not fit.
/// Source      https://pytorch.org/docs/stable/generated/torch.nn.AvgPool2d.html
///
///     struct net : bind<avg_pool<3, 3, 1, 1, 1, 1>, dims(dyn, 64, 8)> {};  // 3x3, stride 1, padding 1: sizes stay
///     static_assert(net::shape_of<"main"> == dims(dyn, 64, 8));
template <idx KernelTime, idx KernelMel, idx StrideTime = KernelTime, idx StrideMel = KernelMel, idx PaddingTime = 0,
          idx PaddingMel = 0>
struct avg_pool : detail::pooling<op::avg_pool, KernelTime, KernelMel, StrideTime, StrideMel, PaddingTime, PaddingMel> {
  using pools = avg_pool;  ///< itself, as part of the convolution before it, in a deployed network
};

}  // namespace auris
