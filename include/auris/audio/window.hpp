#pragma once
#include <auris/core/shape.hpp>
#include <cmath>
#include <numbers>
#include <vector>

namespace auris {

enum class window_kind {
  hann,    ///< 0.5 - 0.5 cos(2 pi n / D)
  hamming  ///< 0.54 - 0.46 cos(2 pi n / D)
};

enum class window_symmetry {
  periodic,  ///< D = length: one period of the cosine, as the discrete Fourier transform wants it
  symmetric  ///< D = length - 1: the last value equals the first
};

/// A Hann or Hamming window of `length` values; empty where length < 1. The symmetric window of one value is 1.
///
///     const std::vector<double> w = window(window_kind::hann, window_symmetry::periodic, 4);     // 0, 0.5, 1, 0.5
inline std::vector<double> window(window_kind kind, window_symmetry symmetry, idx length) {
  std::vector<double> w(static_cast<std::size_t>(length < 1 ? 0 : length), 1);
  const double mean = kind == window_kind::hann ? 0.5 : 0.54;
  const double period = static_cast<double>(symmetry == window_symmetry::periodic ? length : length - 1);
  if (period > 0)
    for (std::size_t n = 0; n < w.size(); ++n)
      w[n] = mean - (1 - mean) * std::cos(2 * std::numbers::pi * static_cast<double>(n) / period);
  return w;
}

/// A window in the middle of a transform of `fft` >= its length values: floor of half the rest of zeros before it, the
/// others behind.
inline std::vector<double> centred_window(const std::vector<double>& w, idx fft) {
  std::vector<double> padded(static_cast<std::size_t>(fft));
  const std::size_t before = (padded.size() - w.size()) / 2;
  for (std::size_t n = 0; n < w.size(); ++n) padded[before + n] = w[n];
  return padded;
}

}  // namespace auris
