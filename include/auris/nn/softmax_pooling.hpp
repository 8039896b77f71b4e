#pragma once
#include <auris/nn/softmax.hpp>
#include <auris/nn/weighted_mean.hpp>

namespace auris {

/// Linear softmax pooling: frames weigh as much as they are probable, y = sum_t p^2 / sum_t p.
///
/// Shape       (time, class) -> (class), probabilities.
/// Streaming   no: it needs the whole clip.
/// Source      Wang, Li and Metze 2019 (arXiv 1810.09050), table 1
///
///     struct net : bind<sequential<linear<17>, sigmoid, linear_softmax>, dims(dyn, 64)> {};
struct linear_softmax : parallel<weighted_mean, identity, identity> {};

/// Exponential softmax pooling: frames weigh as much as the exponential of their probability, y = sum_t p e^p / sum_t e^p.
///
/// Shape       (time, class) -> (class), probabilities.
/// Streaming   no: it needs the whole clip.
/// Source      Wang, Li and Metze 2019 (arXiv 1810.09050), table 1
///
///     struct net : bind<sequential<linear<17>, sigmoid, exponential_softmax>, dims(dyn, 64)> {};
struct exponential_softmax : parallel<weighted_mean, identity, softmax<0>> {};

}  // namespace auris
