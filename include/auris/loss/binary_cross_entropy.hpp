#pragma once
#include <auris/loss/loss_function.hpp>
#include <auris/op/loss.hpp>

namespace auris {

/// What a network ends with: linear outputs, or sigmoids.
struct from_logits {
  static constexpr bool logits = true;
};
struct from_probabilities {
  static constexpr bool logits = false;
};

/// Binary cross entropy of every class: - sum_r mask[r] sum_c w[c] (y log q + (1 - y) log(1 - q)) / divisor, with the
/// divisor of a reduction, the row w of the item in the class mask, and q = sigmoid(p), or p itself. Logarithms of
/// probabilities are cut at -100, as PyTorch does.
///
/// Shape       predictions and targets (rows, classes), targets 0 to 1; mask (rows); class mask (items, classes).
///
///     using objective = weighted_sum<term<"main", binary_cross_entropy_with<from_probabilities, reduction::mean>>>;
template <class From, reduction Reduction = reduction::mean>
struct binary_cross_entropy_with {
  using operation = op::binary_cross_entropy;
  static message describe() {
    return message::of("binary cross entropy (from ", From::logits ? "logits" : "probabilities", ", ",
                       name_of(Reduction), ")");
  }
  static constexpr operation::size size(idx items, idx rows, idx classes) {
    return {rows, classes, From::logits, Reduction == reduction::paper, items};
  }
};

/// From logits, the mean over all elements: PyTorch's `BCEWithLogitsLoss`.
///
///     using objective = weighted_sum<term<"main", binary_cross_entropy>>;
struct binary_cross_entropy : binary_cross_entropy_with<from_logits> {};

}  // namespace auris
