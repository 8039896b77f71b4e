#pragma once
#include <auris/backend/cpu/frames.hpp>

namespace auris {

template <>
struct kernel<op::stft, cpu, float> {
  static constexpr idx forward_workspace(const op::stft::size& s, int workers) {
    const detail::frame_memory m(s);
    return m.shared() + workers * m.per_worker();
  }

  static void forward(const resources<cpu, float>& r, const op::stft::size& s, const float* x, const float* window,
                      const float* table, float* y) noexcept;
};

}  // namespace auris
