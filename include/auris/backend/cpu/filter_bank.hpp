#pragma once
#include <auris/backend/cpu/band_task.hpp>
#include <auris/core/executor.hpp>
#include <auris/op/filter_bank.hpp>

namespace auris {

/// One frame per vector lane, behind a transposition.
template <>
struct kernel<op::filter_bank, cpu, float> {
  static constexpr idx forward_workspace(const op::filter_bank::size& s, int workers) {
    return detail::alignment_slack + workers * (s.bins + s.bands) * detail::line;
  }

  static void forward(const resources<cpu, float>& r, const op::filter_bank::size& s, const float* x, const idx* first,
                      const idx* offset, const float* weight, float* y) noexcept;
};

}  // namespace auris
