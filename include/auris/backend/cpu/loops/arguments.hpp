// What loops are given besides arrays.
#pragma once
#include <auris/backend/fft_plan.hpp>
#include <auris/core/shape.hpp>

namespace auris::detail {

/// What all values of a step of Adam share: see op::adam.
struct adam_numbers {
  float beta1, rest1, beta2, rest2, correction1, correction2, kept, decay, rate, epsilon;
};
/// What all values of a step of gradient descent share: see op::sgd.
struct sgd_numbers {
  float momentum, rate, decay;
  bool first, nesterov;
};

/// The places of a window: `rows` times `columns`, so many floats apart.
struct pool_window {
  idx rows, row, columns, column;
};

/// Frames (samples, 16) under a window, as real numbers or, `paired`, as complex ones.
struct fft_source {
  const float *frame, *window;
  bool paired;
};

// The layout of packed products (product.hpp), the same for all instruction sets.
inline constexpr int product_rows = 12;     ///< of a tile
inline constexpr int product_few_rows = 4;  ///< of the smaller one: its sums just keep the multipliers busy
inline constexpr int product_width = 32;    ///< columns of a tile

}  // namespace auris::detail
