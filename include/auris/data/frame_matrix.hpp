#pragma once
#include <auris/core/shape.hpp>
#include <span>
#include <vector>

namespace auris {

/// One row of numbers per time frame, row-major: features (frame, band) or labels (frame, class) of one recording.
///
///     frame_matrix m(3, 2);                                            // 3 frames of 2 zeros
///     m.row(1)[0] = 0.5f;
struct frame_matrix {
  idx frames = 0, width = 0;
  std::vector<float> values;  ///< frames * width

  frame_matrix() = default;
  frame_matrix(idx rows, idx columns)
      : frames(rows), width(columns), values(static_cast<std::size_t>(rows * columns)) {}
  std::span<float> row(idx t) { return {values.data() + t * width, static_cast<std::size_t>(width)}; }
  std::span<const float> row(idx t) const { return {values.data() + t * width, static_cast<std::size_t>(width)}; }
};

}  // namespace auris
