#pragma once
#include <auris/core/shape.hpp>
#include <cstdint>
#include <random>
#include <span>
#include <utility>

namespace auris {

/// The order in which numpy's legacy generator shuffles: for lists that published systems made with a seed.
///
/// `shuffle` is numpy.random.RandomState(seed).shuffle: for i = n - 1 to 1, draws numbers of as many bits as i has until
/// one, j, is not above i, and swaps elements i and j. Later shuffles go on with the same stream, as numpy's do.
///
/// Source  numpy, RandomState; its generator is std::mt19937.
///
///     std::vector<idx> order{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
///     numpy_shuffle random(1234);
///     random(std::span(order));                                        // 7 2 9 1 0 8 4 5 6 3
class numpy_shuffle {
 public:
  explicit numpy_shuffle(std::uint32_t seed) : random_(seed) {}

  /// Fewer than 2^32 elements.
  template <class T>
  void operator()(std::span<T> x) {
    for (std::size_t i = x.size(); i-- > 1;) std::swap(x[i], x[up_to(static_cast<std::uint32_t>(i))]);
  }

 private:
  std::uint32_t up_to(std::uint32_t most) {
    std::uint32_t mask = most;
    for (int shift = 1; shift < 32; shift *= 2) mask |= mask >> shift;
    for (;;) {
      const auto drawn = static_cast<std::uint32_t>(random_()) & mask;
      if (drawn <= most) return drawn;
    }
  }
  std::mt19937 random_;
};

}  // namespace auris
