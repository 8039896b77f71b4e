#pragma once
#include <auris/backend/cpu/loops.hpp>
#include <auris/core/executor.hpp>
#include <auris/op/dct.hpp>

namespace auris {

/// One row per vector lane, behind a transposition.
template <>
struct kernel<op::dct, cpu, float> {
  static constexpr idx forward_workspace(const op::dct::size& s, int workers) {
    return detail::alignment_slack + workers * (s.length + s.count) * detail::line;
  }

  static void forward(const resources<cpu, float>& r, const op::dct::size& s, const float* x, const float* table,
                      float* y) noexcept;
};

}  // namespace auris
