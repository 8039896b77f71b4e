#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Normalised temperature-scaled cross entropy between two sets of embeddings, with several positives per row.
///
///     s[i, j] = <audio_i, text_j> / |tau|
///     P       = all pairs (i, j) with group[i] == group[j]: captions of the same recording are positives too
///     loss    = - 1/2 mean over P of log_softmax of s over i  - 1/2 mean over P of log_softmax of s over j
///
/// With all groups distinct this is the symmetric loss of Chen et al. 2020 and Primus et al. 2023. audio, text (items,
/// length), already scaled to length one; group (items). evaluate writes the loss to value[0] (0 without items) and the
/// gradients to daudio, dtext and dtau[0]; each is skipped when null. Its scratch memory counts as that of forward.
///
///     template <class T> struct kernel<op::nt_xent, Backend, T> {
///       static void evaluate(const resources<Backend, T>&, const op::nt_xent::size&, const T* audio, const T* text,
///                            T tau, const int* group, T* value, T* daudio, T* dtext, T* dtau) noexcept;
///     };
struct nt_xent {
  struct size {
    idx items, length;
  };
};

}  // namespace auris::op
