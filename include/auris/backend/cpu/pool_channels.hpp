#pragma once
#include <auris/backend/cpu/loops.hpp>
#include <auris/op/conv2d.hpp>

namespace auris::detail {

// One window of pooling for all channels: whole lines in the vector loops, the rest one by one.

/// place(offset) for each place of a window whose first one is `from`.
template <class Place>
void for_places(const pool_window& w, idx from, const Place& place) {
  for (idx a = 0; a < w.rows; ++a)
    for (idx b = 0; b < w.columns; ++b) place(from + a * w.row + b * w.column);
}
/// Where the largest value of a window is; NaN is larger than all.
inline idx place_of_largest(const pool_window& w, const float* x, idx from) noexcept {
  idx best = from;
  for_places(w, from, [&](idx p) {
    if (x[p] > x[best] || (x[p] != x[p] && x[best] == x[best])) best = p;
  });
  return best;
}

inline void largest_of_window(const pool_window& w, idx channels, const float* x, float* y) noexcept {
  const idx whole = channels / line * line;
  loops::max_of_window(whole, &w, x, y);
  for (idx c = whole; c < channels; ++c) y[c] = x[place_of_largest(w, x, c)];
}
/// `share` times the sum.
inline void mean_of_window(const pool_window& w, idx channels, float share, const float* x, float* y) noexcept {
  const idx whole = channels / line * line;
  loops::sum_of_window(whole, &w, x, share, y);
  for (idx c = whole; c < channels; ++c) {
    float sum = 0;
    for_places(w, c, [&](idx p) { sum += x[p]; });
    y[c] = sum * share;
  }
}

/// What a convolution makes of a window of its outputs.
inline void pool_window_of(const op::conv2d::pooling& p, const pool_window& w, idx channels, const float* x,
                           float* y) noexcept {
  if (p.average)
    mean_of_window(w, channels, 1 / static_cast<float>(p.places()), x, y);
  else
    largest_of_window(w, channels, x, y);
}

}  // namespace auris::detail
