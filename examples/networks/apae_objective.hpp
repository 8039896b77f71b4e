#pragma once
#include <auris/loss.hpp>

namespace auris::networks {

/// What 2APAE is trained with: binary cross entropy of its scores, whose logarithms are cut at -100, and Alpha times the mean squared
/// error of its reconstruction; both are means over all values. Targets: labels (batch, class), and the standardised input itself.
/// The authors' alpha is 0.001, and 0 and 0.01 in their comparison; with 0 the decoder has no gradient and is not trained.
///
/// Source      Deshmukh, Raj and Singh 2020, equations (7) and (17)
template <real Alpha = 0.001>
using apae_objective = weighted_sum<term<"y_pred", binary_cross_entropy_with<from_probabilities>>,
                                    term<"x_rec", mean_squared_error, Alpha>>;

}  // namespace auris::networks
