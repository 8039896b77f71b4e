#pragma once
#include <auris/core/shape.hpp>

namespace auris::detail::gpu {

/// How a sum over `count` values is cut into blocks of threads: consecutive values, as many to a block whatever the device.
/// Each block leaves one double in the workspace, and a second kernel adds these in order; a block that is alone is done.
struct block_sums {
  static constexpr int threads = 256;

  idx count, least = 4 * threads;  ///< values; how many a block has at least

  /// Values of a block, a multiple of `least`.
  constexpr idx each() const {
    constexpr idx most = 1024;  // blocks
    const idx even = divided(divided(count, most), least) * least;
    return even > least ? even : least;
  }
  constexpr idx blocks() const { return divided(count, each()); }

  /// Scratch scalars: of the sums, and of as many doubles wherever the workspace starts.
  template <class T>
  constexpr idx workspace() const {
    return blocks() > 1 ? doubles<T>(blocks()) : 0;
  }
  template <class T>
  static constexpr idx doubles(idx n) {
    constexpr idx each = sizeof(double) / sizeof(T);
    return n * each + each - 1;
  }

 private:
  static constexpr idx divided(idx a, idx b) { return (a + b - 1) / b; }
};

}  // namespace auris::detail::gpu
