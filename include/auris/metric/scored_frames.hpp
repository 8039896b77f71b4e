#pragma once
#include <auris/core/non_finite.hpp>
#include <auris/core/result.hpp>
#include <span>
#include <string>
#include <vector>

namespace auris::detail {

/// When the frames of a score table begin, and when the last one ends: 0, hop, 2 hop, ...
inline std::vector<double> frame_times(std::size_t scores, std::size_t classes, double hop) {
  std::vector<double> times((classes == 0 ? 0 : scores / classes) + 1);
  for (std::size_t k = 0; k < times.size(); ++k) times[k] = static_cast<double>(k) * hop;
  return times;
}

/// Success, or why these are no scores of so many classes for frames between these times.
template <class Score>
result<void> check_scores(std::span<const Score> scores, std::span<const double> times,
                          const std::vector<std::string>& classes, const char* where) {
  const std::size_t frames = times.empty() ? 0 : times.size() - 1;
  if (scores.size() != frames * classes.size())
    return error{"scores do not fit the classes", where, message::of(frames, " x ", classes.size(), " scores"),
                 message::of(scores.size())};
  if (const idx i = non_finite(scores.data(), static_cast<idx>(scores.size())); i >= 0) {
    const auto bad = static_cast<std::size_t>(i);
    return error{"bad score", message::of("frame ", bad / classes.size(), ", ", classes[bad % classes.size()]),
                 "a finite number", message::of(scores[bad])};
  }
  return {};
}

}  // namespace auris::detail
