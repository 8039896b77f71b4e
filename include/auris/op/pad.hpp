#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Sounds as `stft` wants them: pre-emphasis, and samples before and behind that are zero or, with `reflect`, mirrored
/// without repeating the edge.
///
///     e[i, n] = x[i, n + 1] - pre_emphasis x[i, n],  n = 0..length-1, length = count - 1; e = x where it is 0
///     y[i, before + n] = e[i, n]
///     y[i, before - k] = e[i, k],  y[i, before + length - 1 + k] = e[i, length - 1 - k],      k >= 1; or both 0
///
/// x (items, count), y (items, before + length + after); with `reflect`, before < length and after < length.
///
///     template <class T> struct kernel<op::pad, Backend, T> {
///       static void forward(const resources<Backend, T>&, const op::pad::size&, const T* x, T* y) noexcept;
///     };
struct pad {
  struct size {
    idx items, count, before, after;
    bool reflect = false;
    double pre_emphasis = 0;
    /// Of a sound without what is before and behind.
    constexpr idx length() const { return pre_emphasis != 0 && count > 0 ? count - 1 : count; }
    constexpr idx padded() const { return before + length() + after; }
  };
};

}  // namespace auris::op
