#pragma once
#include <algorithm>
#include <functional>
#include <numeric>
#include <span>
#include <vector>

namespace auris::networks {

/// Places of scores, that of the largest first; equal ones keep their order.
inline std::vector<std::size_t> largest_first(std::span<const float> scores) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t k) { return scores[k]; });
  return order;
}

}  // namespace auris::networks
