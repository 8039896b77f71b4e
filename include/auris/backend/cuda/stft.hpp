#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/backend/fft_plan.hpp>
#include <auris/op/stft.hpp>

namespace auris {

struct cuda;

namespace detail::gpu {

/// How frames are spread over blocks of threads. It follows from the sizes alone.
template <class T>
struct stft_layout {
  fft_plan plan;
  idx frames;

  constexpr explicit stft_layout(const op::stft::size& s) : plan(s.fft % 2 ? s.fft : s.fft / 2), frames(s.frames) {}

  /// Scalars that a frame takes while it is transformed, twice its `fft_numbers` where it cannot be transformed in place.
  constexpr idx frame_size() const {
    constexpr idx largest_in_place = 7;
    return 2 * (plan.length + plan.length / 32) * (plan.largest() > largest_in_place ? 2 : 1);
  }
  /// Whether a frame stands in shared memory; else it does in the workspace.
  constexpr bool shared() const {
    constexpr idx most = 96 * 1024;  // bytes of a block, on every GPU from compute capability 8.0 on
    return frame_size() * static_cast<idx>(sizeof(T)) <= most;
  }
  /// Threads that share a frame.
  constexpr int threads() const {
    int n = 32;
    while (n < 512 && 4 * n < plan.length) n *= 2;
    return n;
  }
  /// Frames of a block at the same time.
  constexpr int together() const { return threads() < 256 ? 256 / threads() : 1; }
  constexpr idx workspace() const { return shared() ? 0 : blocks() * frame_size(); }

  constexpr idx blocks() const {
    const idx most = shared() ? 1024 : 256, needed = (frames + together() - 1) / together();
    return needed < most ? needed : most;
  }
};

}  // namespace detail::gpu

template <class T>
struct kernel<op::stft, cuda, T> {
  static constexpr idx forward_workspace(const op::stft::size& s, int) {
    return detail::gpu::stft_layout<T>(s).workspace();
  }
  static void forward(const resources<cuda, T>& r, const op::stft::size& s, const T* x, const T* window, const T* table,
                      T* y) noexcept;
};

}  // namespace auris
