#pragma once
#include <auris/loss/loss_function.hpp>
#include <auris/op/loss.hpp>

namespace auris {

/// Cross entropy of logits: - sum_r mask[r] sum_c w[c] y log softmax(p)[r, c] / sum_r mask[r], with the row w of the item
/// in the class mask. The targets are probabilities (one-hot rows for hard labels). With all rows masked the loss is 0,
/// and so is its gradient.
///
/// The class mask weighs classes as PyTorch's `weight` does: the softmax runs over all of them, so a class of weight 0 still
/// gives way to the others. A row whose classes all have weight 0 counts nothing.
///
/// Shape       logits and targets (rows, classes); mask (rows); class mask (items, classes).
/// Source      PyTorch's `CrossEntropyLoss`; Khandelwal & Das 2023: scene and environment over the frames in which an
///             event takes place
///
///     using objective = weighted_sum<term<"sed", weighted_soft_label, 0.85>, term<"asc", cross_entropy, 0.15>>;
struct cross_entropy {
  using operation = op::cross_entropy;
  static message describe() { return "cross entropy"; }
  static constexpr operation::size size(idx items, idx rows, idx classes) { return {rows, classes, items}; }
};

}  // namespace auris
