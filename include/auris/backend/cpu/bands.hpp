#pragma once
#include <auris/backend/cpu/band_task.hpp>
#include <auris/backend/cpu/frames.hpp>
#include <auris/op/bands.hpp>

namespace auris {

template <>
struct kernel<op::bands, cpu, float> {
  static constexpr idx forward_workspace(const op::bands::size& s, int workers) {
    const detail::frame_memory m(s.spectra);
    return m.shared() + workers * (m.per_worker() + s.bands * detail::line);
  }

  static void forward(const resources<cpu, float>& r, const op::bands::size& s, const float* x, const float* window,
                      const float* table, const idx* first, const idx* offset, const float* weight, float* y) noexcept;
};

}  // namespace auris
