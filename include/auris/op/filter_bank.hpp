#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Weighted sums of neighbouring bins: a mel or linear filter bank, kept as the non-zero part of each band.
///
///     y[t, b] = sum_i weight[offset[b] + i] x[t, first[b] + i],      i = 0..offset[b + 1] - offset[b] - 1
///
/// x (frames, bins), first (bands), offset (bands + 1), weight (offset[bands]), y (frames, bands). A band without
/// weights gives zero.
///
///     template <class T> struct kernel<op::filter_bank, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::filter_bank::size&, const T* x, const idx* first, const idx* offset,
///                           const T* weight, T* y) noexcept;
///     };
struct filter_bank {
  struct size {
    idx frames, bins, bands;
  };
};

}  // namespace auris::op
