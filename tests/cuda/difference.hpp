#pragma once
#include <algorithm>
#include <cmath>
#include <span>

namespace cuda_test {

/// The largest difference of two arrays of one length, relative to the largest value of the second.
inline double difference(std::span<const float> a, std::span<const float> b) {
  double worst = 0, largest = 0;
  for (std::size_t i = 0; i < b.size(); ++i) {
    worst = std::max(worst, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
    largest = std::max(largest, std::abs(static_cast<double>(b[i])));
  }
  return worst / largest;
}

}  // namespace cuda_test
