#pragma once
#include <auris/core/shape.hpp>
#include <vector>

namespace auris {

/// What a front-end makes of a recording: one row of bands, or of coefficients, per frame.
///
///     features f{std::vector<float>(3 * 64), 3, 64};                   // 3 frames of 64 bands
///     const float* second = f.frame(1);
struct features {
  std::vector<float> values;  ///< (frames, bands), row-major
  idx frames = 0, bands = 0;

  const float* frame(idx t) const { return values.data() + t * bands; }
};

}  // namespace auris
