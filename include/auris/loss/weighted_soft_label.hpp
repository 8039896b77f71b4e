#pragma once
#include <auris/loss/loss_function.hpp>
#include <auris/op/loss.hpp>

namespace auris {

/// Squared error weighted by the soft label itself: sum_r mask[r] sum_c w[c] (y + floor) (y - p)^2 / divisor, with the
/// divisor of a reduction and the row w of the item in the class mask.
///
/// A label of zero has weight zero: a false alarm there costs nothing. That is what the paper says. On labels which are
/// exactly zero for absent events training collapses; it works where annotators leave small values. A floor above 0 is
/// our option against it.
///
/// Shape       predictions and targets (rows, classes); mask (rows); class mask (items, classes).
/// Source      Khandelwal & Das 2023, eq. 3 (floor 0)
///
///     using objective = weighted_sum<term<"sed", weighted_soft_label_with<reduction::paper, 0.05>>>;
template <reduction Reduction, real Floor = 0.0>
struct weighted_soft_label_with {
  static_assert(Floor.value >= 0, "auris: the floor of the weighted soft label loss is not negative");
  using operation = op::weighted_soft_label;
  static message describe() {
    return message::of("weighted soft label (", name_of(Reduction), ", floor ", Floor.value, ")");
  }
  static constexpr operation::size size(idx items, idx rows, idx classes) {
    return {rows, classes, Reduction == reduction::paper, Floor.value, items};
  }
};

/// As the paper has it: the sum over classes, the mean over rows.
///
///     using objective = weighted_sum<term<"sed", weighted_soft_label>>;
struct weighted_soft_label : weighted_soft_label_with<reduction::paper> {};

}  // namespace auris
