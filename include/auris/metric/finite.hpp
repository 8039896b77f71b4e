#pragma once
#include <cstddef>
#include <span>

namespace auris::detail {

/// The index of the first number that is NaN or infinite; the size where there is none. Without a branch for each.
template <class Score>
std::size_t first_not_finite(std::span<const Score> scores) {
  constexpr std::size_t block = 256;
  for (std::size_t begin = 0; begin < scores.size(); begin += block) {
    const std::size_t end = begin + block < scores.size() ? begin + block : scores.size();
    int bad = 0;
    for (std::size_t i = begin; i < end; ++i) bad |= !(scores[i] - scores[i] == 0);
    if (!bad) continue;
    for (std::size_t i = begin; i < end; ++i)
      if (!(scores[i] - scores[i] == 0)) return i;
  }
  return scores.size();
}

}  // namespace auris::detail
