#pragma once
#include <auris/backend/cuda/column_sum.hpp>
#include <auris/backend/cuda/device.hpp>
#include <auris/backend/cuda/product.hpp>
#include <auris/op/gru.hpp>

namespace auris {

struct cuda;

namespace detail::gpu {
inline constexpr idx gru_counters = 32;  ///< scalars from the counter of one direction's barriers to that of the next
}

template <class T>
struct kernel<op::gru, cuda, T> {
  using R = resources<cuda, T>;

  static constexpr idx forward_workspace(const op::gru::size& s, int) {
    const idx h = s.hidden, frames = s.items * s.time;
    return s.directions * (frames * 3 * h + detail::gpu::gru_counters) + product(frames, 3 * h, s.in);
  }
  static void forward(const R& r, const op::gru::size& s, const T* x, const op::gru::weights<const T>* w, T* state,
                      T* y, T* cache) noexcept;

  static constexpr idx backward_workspace(const op::gru::size& s, int) {
    const idx h = s.hidden, frames = s.items * s.time;
    const idx scratch[] = {product(frames, s.in, 3 * h), product(3 * h, s.in, frames), product(2 * h, h, frames - 1),
                           product(h, h, frames - 1), detail::gpu::column_blocks{frames, 4 * h}.workspace()};
    idx most = 0;
    for (const idx n : scratch) most = n > most ? n : most;
    return s.directions * (frames * 4 * h + s.items * h + detail::gpu::gru_counters) + most;
  }
  static void backward(const R& r, const op::gru::size& s, const T* x, const op::gru::weights<const T>* w, const T* y,
                       const T* cache, const T* dy, T* dx, const op::gru::weights<T>* gradients) noexcept;

 private:
  static constexpr idx product(idx rows, idx columns, idx depth) {
    return detail::gpu::product_workspace<T>(rows, columns, depth);
  }
};

}  // namespace auris
