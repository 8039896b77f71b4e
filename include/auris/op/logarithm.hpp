#pragma once
#include <auris/core/kernel.hpp>
#include <numbers>

namespace auris::op {

/// Logarithm with a floor and an offset:
///
///     y[i] = scale ln(v + offset),  v = x[i], or `low` where that is not above the floor
///
/// `low` is the floor itself unless it says otherwise: then v = max(x[i], floor). A floor of 0 with `low` above it replaces zeros.
/// Decibels of power 10 log10 max(x, floor): scale = `decibel`; of amplitude 20 log10: 2 `decibel`. x and y (count) may
/// be the same array. What is not a number stays so; the logarithm of zero is minus infinity.
///
///     template <class T> struct kernel<op::logarithm, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::logarithm::size&, const T* x, T* y) noexcept;
///     };
struct logarithm {
  static constexpr double decibel = 10 / std::numbers::ln10;
  struct size {
    idx count;
    double floor, offset, scale, low = floor;
  };
};

}  // namespace auris::op
