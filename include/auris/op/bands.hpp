#pragma once
#include <auris/op/filter_bank.hpp>
#include <auris/op/logarithm.hpp>
#include <auris/op/stft.hpp>

namespace auris::op {

/// Bands of the spectra of a real signal, by `stft`, `filter_bank` and `logarithm`: in one, so that a backend need not write
/// the spectra.
///
///     X as `stft` makes it of `spectra`, x, window and table
///     B as `filter_bank` makes it of X, first, offset and weight
///     y[t, b] = scale ln(v + offset), v = B[t, b], or `low` (the floor, unless it says otherwise) where that is not above
///               the floor, or B[t, b] itself where scale is 0
///
/// y (frames, bands). A frame's bits depend on its own samples only. For the other arrays see the three.
///
///     template <class T> struct kernel<op::bands, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::bands::size&, const T* x, const T* window, const T* table,
///                           const idx* first, const idx* offset, const T* weight, T* y) noexcept;
///     };
struct bands {
  struct size {
    stft::size spectra;
    idx bands;
    double floor = 0, offset = 0, scale = 0, low = floor;
  };
};

}  // namespace auris::op
