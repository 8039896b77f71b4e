#pragma once
#include <auris/core/shape.hpp>
#include <type_traits>

namespace auris {

/// A batch of equally shaped items in memory that somebody else owns: dense, batch outermost, last axis contiguous.
///
///     float samples[2 * 5 * 3] = {};
///     view<const float> x{samples, 2, dims(5, 3)};                     // 2 items of 5 frames with 3 features
///     static_assert(view<float>{nullptr, 2, dims(5, 3)}.size() == 30);
template <class T>
struct view {
  T* p = nullptr;
  idx n = 0;     ///< items
  shape s = {};  ///< of one item

  constexpr idx size() const { return n * s.size(); }
  /// The i-th item, as a batch of one.
  constexpr view item(idx i) const { return {p + i * s.size(), 1, s}; }

  template <class U>
  requires(std::is_same_v<U, const T> && !std::is_const_v<T>) constexpr operator view<U>() const { return {p, n, s}; }
};

}  // namespace auris
