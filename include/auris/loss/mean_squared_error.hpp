#pragma once
#include <auris/loss/loss_function.hpp>
#include <auris/op/loss.hpp>

namespace auris {

/// Squared error: sum_r mask[r] sum_c w[c] (y - p)^2 / divisor, with the divisor of a reduction and the row w of the item
/// in the class mask.
///
/// Shape       predictions and targets (rows, classes); mask (rows); class mask (items, classes).
/// Source      Khandelwal & Das 2023, eq. 2 (`reduction::paper`)
///
///     using objective = weighted_sum<term<"sed", mean_squared_error_with<reduction::paper>>>;
template <reduction Reduction>
struct mean_squared_error_with {
  using operation = op::mean_squared_error;
  static message describe() { return message::of("mean squared error (", name_of(Reduction), ")"); }
  static constexpr operation::size size(idx items, idx rows, idx classes) {
    return {rows, classes, Reduction == reduction::paper, items};
  }
};

/// The mean over all elements, as PyTorch's `MSELoss` and the DCASE 2023 baseline of task 4B have it.
///
///     using objective = weighted_sum<term<"sed", mean_squared_error>>;
struct mean_squared_error : mean_squared_error_with<reduction::mean> {};

}  // namespace auris
