#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Magnitudes of sums of samples with complex weights, for bands that have as many samples as each of them needs: the
/// constant-Q transform.
///
///     C[t, b] = sum_i (re[offset[b] + i] + j im[offset[b] + i]) x[t hop + first[b] + i],  i = 0..offset[b + 1] - offset[b] - 1
///     y[t, b] = |C[t, b]|^2 where `power`, else |C[t, b]|
///
/// x (`samples()`), first (bands), offset (bands + 1), weight (2, weights): re and, behind it, im, each of offset[bands] =
/// `weights` values; y (frames, bands). A band ends within the `length` samples of a frame; one without weights gives zero.
/// A frame's bits depend on its own samples only.
///
///     template <class T> struct kernel<op::constant_q, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::constant_q::size&, const T* x, const idx* first, const idx* offset,
///                           const T* weight, T* y) noexcept;
///     };
struct constant_q {
  struct size {
    idx frames, length, hop, bands, weights;
    bool power = false;
    constexpr idx samples() const { return frames > 0 ? (frames - 1) * hop + length : 0; }
  };
};

}  // namespace auris::op
