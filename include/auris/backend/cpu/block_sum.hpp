#pragma once
#include <auris/backend/cpu/blocks.hpp>

namespace auris::detail {

/// The sum of `part(begin, end)` over at most 64 blocks of [0, count), each block by itself and then all in order.
template <class Part>
double block_sum(executor& e, idx count, idx least, const Part& part) noexcept {
  constexpr idx most = 64;
  const idx even = (count + most - 1) / most, grain = least > even ? least : even;
  double sums[most] = {}, all = 0;
  for_ranges(e, count, grain, [&](idx begin, idx end, int) { sums[begin / grain] = part(begin, end); });
  for (const double s : sums) all += s;
  return all;
}

}  // namespace auris::detail
