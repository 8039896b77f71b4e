#pragma once
#include <auris/core/shape.hpp>
#include <vector>

namespace auris {

/// The frames (or segments) begin, begin + 1, ..., end - 1.
///
///     const frame_range first_second{0, 5};                            // at 5 frames per second
struct frame_range {
  idx begin, end;

  bool operator==(const frame_range&) const = default;
};

/// The runs of consecutive frames where `active(k)` holds, of k = 0 .. frames - 1, in order.
///
///     const int x[] = {0, 1, 1, 0, 1};
///     const std::vector<frame_range> r = runs(5, [&](idx k) { return x[k] == 1; });     // [1, 3) and [4, 5)
template <class Active>
std::vector<frame_range> runs(idx frames, Active active) {
  std::vector<frame_range> found;
  idx begin = -1;
  for (idx k = 0; k <= frames; ++k) {
    const bool on = k < frames && active(k);
    if (on && begin < 0) begin = k;
    if (!on && begin >= 0) {
      found.push_back({begin, k});
      begin = -1;
    }
  }
  return found;
}

}  // namespace auris
