#pragma once
#include <auris/backend/cpu/loops.hpp>

namespace auris::detail {

/// Plain sums; `sums` is still to be set.
inline band_task bands_to_sum(idx bands, const idx* first, const idx* offset, const float* weight) noexcept {
  band_task task{};
  task.bands = bands;
  task.first = first;
  task.offset = offset;
  task.weight = weight;
  bool none = true;
  for (idx b = 0; b < bands; ++b) {
    const idx begin = first[b], end = begin + offset[b + 1] - offset[b];
    if (begin == end) continue;
    task.begin = none || begin < task.begin ? begin : task.begin;
    task.end = end > task.end ? end : task.end;
    none = false;
  }
  return task;
}

}  // namespace auris::detail
