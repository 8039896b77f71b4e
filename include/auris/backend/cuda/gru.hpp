#pragma once
#include <auris/backend/cuda/bf16.hpp>
#include <auris/backend/cuda/column_sum.hpp>
#include <auris/backend/cuda/device.hpp>
#include <auris/backend/cuda/product.hpp>
#include <auris/op/gru.hpp>
#include <concepts>

namespace auris {

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

/// Of each direction: weights of the input and recurrent ones as bf16, then both biases as they are.
template <std::same_as<float> T>
struct kernel<op::gru, detail::cuda_bf16, T> : kernel<op::gru, cuda, T> {
  using R = resources<detail::cuda_bf16, T>;

  static constexpr idx prepared(const op::gru::size& s) { return s.directions * of_direction(s); }
  static void prepare(const op::gru::size& s, const op::gru::weights<const T>* w, T* to) noexcept {
    for (int d = 0; d < s.directions; ++d, to += of_direction(s)) {
      const op::gru::weights<T> part = parts(s, to);
      input(s).store(w[d].input, part.input);
      recurrent(s).store(w[d].recurrent, part.recurrent);
      __builtin_memcpy(part.input_bias, w[d].input_bias, sizeof(T) * static_cast<std::size_t>(3 * s.hidden));
      __builtin_memcpy(part.recurrent_bias, w[d].recurrent_bias, sizeof(T) * static_cast<std::size_t>(3 * s.hidden));
    }
  }
  static constexpr idx prepared_workspace(const op::gru::size& s, int workers) {
    return kernel<op::gru, cuda, T>::forward_workspace(s, workers);
  }
  static void forward_prepared(const R& r, const op::gru::size& s, const T* x, const T* prepared, T* state,
                               T* y) noexcept;

 private:
  using array = detail::gpu::bf16_array;
  static constexpr array input(const op::gru::size& s) { return {3 * s.hidden * s.in}; }
  static constexpr array recurrent(const op::gru::size& s) { return {3 * s.hidden * s.hidden}; }
  static constexpr idx of_direction(const op::gru::size& s) {
    const idx all = input(s).floats() + recurrent(s).floats() + 6 * s.hidden;
    return (all + 3) / 4 * 4;  // packs of the next one are aligned
  }
  template <class P>
  static constexpr op::gru::weights<P> parts(const op::gru::size& s, P* p) {
    P* const second = p + input(s).floats();
    P* const biases = second + recurrent(s).floats();
    return {p, second, biases, biases + 3 * s.hidden};
  }
};

}  // namespace auris
