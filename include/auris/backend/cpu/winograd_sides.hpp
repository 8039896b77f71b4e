#pragma once
#include <auris/op/conv2d.hpp>

namespace auris::detail {

/// The outputs of a tile of Winograd's convolution (winograd.hpp), 6 x 4, 4 x 4 or 4 x 2: with the inputs that they see, which
/// are two more on each axis and as many as the products.
struct winograd_sides {
  idx time, mel;

  static constexpr idx most_values = 48, most_outputs = 24;
  constexpr idx values() const { return (time + 2) * (mel + 2); }

  /// 6 x 4 outputs take 2 multiplications each, 4 x 4 take 2.25; but where mel is narrow, a call may have few rows, and spend
  /// its time on reading weights, whose number grows with that of the values. Only what all calls with the same prepared
  /// weights share may decide.
  static constexpr winograd_sides of(const op::conv2d::size& s) {
    return {s.mel.narrow() ? 4 : 6, s.mel.outputs() <= 2 ? 2 : 4};
  }
};

}  // namespace auris::detail
