#pragma once
#include <cstddef>

namespace auris {

using idx = std::ptrdiff_t;  ///< every count, size and index

inline constexpr idx dyn = -1;  ///< the extent of an axis that is known at run time only

/// The extents of one item: a value that may be a template argument, with up to four axes.
///
/// Axes are ordered time first, channel last: `(time, mel, channel)`, `(time, feature)`, `(feature)`. Batch is not an
/// axis of the shape; it is the outermost axis of a `view`. Negative axes count from the end.
///
///     constexpr shape s = dims(dyn, 64, 1);                            // (time, 64 mels, 1 channel)
///     static_assert(s[-1] == 1 && s.with(0, 5).size() == 5 * 64);
struct shape {
  idx extent[4];
  int rank;  ///< -1: `nothing`

  constexpr idx operator[](int axis) const { return extent[axis < 0 ? rank + axis : axis]; }
  constexpr shape with(int axis, idx value) const {
    shape s = *this;
    s.extent[axis < 0 ? rank + axis : axis] = value;
    return s;
  }
  constexpr shape without(int axis) const {
    shape s{{}, rank - 1};
    const int gone = axis < 0 ? rank + axis : axis;
    for (int i = 0, o = 0; i < rank; ++i)
      if (i != gone) s.extent[o++] = extent[i];
    return s;
  }
  /// Product of the extents of the axes [from, to).
  constexpr idx count(int from, int to) const {
    idx product = 1;
    for (int i = from; i < to; ++i) product *= extent[i];
    return product;
  }
  constexpr idx size() const { return rank < 0 ? 0 : count(0, rank); }
  constexpr bool known() const {
    for (int i = 0; i < rank; ++i)
      if (extent[i] == dyn) return false;
    return rank >= 0;
  }
  constexpr bool operator==(const shape&) const = default;
};

template <class... I>
constexpr shape dims(I... extent) {
  static_assert(sizeof...(I) <= 4, "auris: a shape has at most four axes");
  return {{static_cast<idx>(extent)...}, static_cast<int>(sizeof...(I))};
}

/// The shape of no value at all: where the main path of a network ends.
inline constexpr shape nothing{{}, -1};

}  // namespace auris
