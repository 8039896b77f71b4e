#pragma once
#include <auris/loss/loss_function.hpp>
#include <auris/op/loss.hpp>

namespace auris {

/// Squared error: sum_r mask[r] sum_c (y - p)^2 / divisor, with the divisor of a reduction.
///
/// Shape       predictions and targets (rows, classes).
/// Source      Khandelwal & Das 2023, eq. 2 (`reduction::paper`)
///
///     using objective = weighted_sum<term<"sed", mean_squared_error_with<reduction::paper>>>;
template <reduction Reduction>
struct mean_squared_error_with {
  using operation = op::mean_squared_error;
  static message describe() { return message::of("mean squared error (", name_of(Reduction), ")"); }
  static constexpr operation::size size(idx rows, idx classes) {
    return {rows, classes, Reduction == reduction::paper};
  }
};

/// The mean over all elements, as PyTorch's `MSELoss` and the DCASE 2023 baseline of task 4B have it.
///
///     using objective = weighted_sum<term<"sed", mean_squared_error>>;
struct mean_squared_error : mean_squared_error_with<reduction::mean> {};

}  // namespace auris
