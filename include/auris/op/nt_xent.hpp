#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Normalised temperature-scaled cross entropy between two sets of embeddings, with several positives per row.
///
///     s[i, j] = <audio_i, text_j> / tau
///     loss = mean over the items of both directions, as given in the retrieval system's description
///
/// audio, text (items, length), already scaled to length one; group (items): items with equal numbers are positives of
/// each other. evaluate writes the loss to value[0] and gradients (written, each skipped when null) to daudio, dtext,
/// dtau.
///
///     template <class T> struct kernel<op::nt_xent, Backend, T> {
///       static void evaluate(const resources<Backend, T>&, const op::nt_xent::size&, const T* audio, const T* text, T
///       tau,
///                            const int* group, T* value, T* daudio, T* dtext, T* dtau) noexcept;
///     };
struct nt_xent {
  struct size {
    idx items, length;
  };
};

}  // namespace auris::op
