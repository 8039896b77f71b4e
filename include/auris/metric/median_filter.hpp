#pragma once
#include <algorithm>
#include <auris/core/result.hpp>
#include <auris/core/shape.hpp>
#include <cmath>
#include <span>
#include <vector>

namespace auris {

/// What a filter sees outside of the signal a b c d.
enum class border {
  zeros,   ///< 0 0 0 | a b c d | 0 0 0      scipy.signal.medfilt
  reflect  ///< c b a | a b c d | d c b      scipy.ndimage.median_filter
};

/// The median over a window of odd length L, centred on each frame, along time and per class.
///
///     y[t] = median of x[t - (L-1)/2] .. x[t + (L-1)/2]
///
/// To filter decisions instead of scores threshold before or after: for a threshold from 0 on it is the same.
///
/// Shape   (frames, classes) -> the same.
/// Memory  the result and one window; time O(frames classes L).
/// Errors  a length that is even or outside of 1 to 2^16; scores that are not finite or do not fit.
/// Source  DCASE 2022 task 4 baseline (7 frames, reflect); Bai et al., multi-task VAE (19 frames, zeros).
///
///     const std::vector<float> x{5, 1, 1};
///     const std::vector<float> a = median_filter(x, 3, 1, 3, border::zeros).value();        // 1 1 1
///     const std::vector<float> b = median_filter(x, 3, 1, 3, border::reflect).value();      // 5 1 1
inline result<std::vector<float>> median_filter(std::span<const float> x, idx frames, idx classes, idx length,
                                                border outside) {
  constexpr idx longest = idx(1) << 16;
  if (length < 1 || length % 2 == 0 || length > longest)
    return error{"bad filter length", "median filter", "an odd number of frames up to 65535", message::of(length)};
  const idx size = static_cast<idx>(x.size());
  if (frames < 0 || classes < 0 || (classes ? size % classes != 0 || size / classes != frames : size != 0))
    return error{"scores do not fit", "median filter", message::of(frames, " frames of ", classes, " classes"),
                 message::of(size, " scores")};
  for (idx i = 0; i < size; ++i)
    if (!std::isfinite(x[static_cast<std::size_t>(i)]))
      return error{"bad score", message::of("median filter, frame ", i / classes), "a finite number",
                   message::of(x[static_cast<std::size_t>(i)])};

  std::vector<float> y(x.size());
  const idx half = length / 2;
  for (idx c = 0; c < classes && frames > 0; ++c) {
    const auto at = [&](idx t) {
      if (t < 0 || t >= frames) {
        if (outside == border::zeros) return 0.0f;
        t = (t % (2 * frames) + 2 * frames) % (2 * frames);
        if (t >= frames) t = 2 * frames - 1 - t;
      }
      return x[static_cast<std::size_t>(t * classes + c)];
    };
    std::vector<float> window;  // sorted
    for (idx t = -half; t <= half; ++t) window.push_back(at(t));
    std::sort(window.begin(), window.end());
    for (idx t = 0; t < frames; ++t) {
      y[static_cast<std::size_t>(t * classes + c)] = window[static_cast<std::size_t>(half)];
      window.erase(std::lower_bound(window.begin(), window.end(), at(t - half)));
      const float next = at(t + half + 1);
      window.insert(std::upper_bound(window.begin(), window.end(), next), next);
    }
  }
  return y;
}

}  // namespace auris
