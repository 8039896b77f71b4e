#pragma once
#include <auris/backend/cpu/line.hpp>

namespace auris::detail {

/// Sixteen columns of (outer, length, inner): side by side in lines, each is a lane's work. What is not a column repeats the
/// first.
struct column_group {
  idx length, inner, first, used;  ///< `first`: its number among (outer, inner)
  idx at[line];                    ///< where the columns start

  static constexpr idx count(idx columns) { return (columns + line - 1) / line; }
  /// The v-th group of `columns` columns.
  column_group(idx length_, idx inner_, idx columns, idx v) noexcept
      : length(length_), inner(inner_), first(v * line), used(columns - first < line ? columns - first : line) {
    for (idx q = 0; q < line; ++q) {
      const idx column = first + (q < used ? q : 0);
      at[q] = column / inner * length * inner + column % inner;
    }
  }
  /// Whether they are sixteen neighbours.
  bool whole() const noexcept { return used == line && at[line - 1] == at[0] + line - 1; }
  [[gnu::noinline]] void gather(const float* x, float* to) const noexcept {
    if (whole()) {
      for (idx k = 0; k < length; ++k) __builtin_memcpy(to + k * line, x + at[0] + k * inner, sizeof(float) * line);
      return;
    }
    for (idx k = 0; k < length; ++k)
      for (idx q = 0; q < line; ++q) to[k * line + q] = x[at[q] + k * inner];
  }
  [[gnu::noinline]] void scatter(const float* from, float* y) const noexcept {
    if (whole()) {
      for (idx k = 0; k < length; ++k) __builtin_memcpy(y + at[0] + k * inner, from + k * line, sizeof(float) * line);
      return;
    }
    for (idx k = 0; k < length; ++k)
      for (idx q = 0; q < used; ++q) y[at[q] + k * inner] = from[k * line + q];
  }
};

}  // namespace auris::detail
