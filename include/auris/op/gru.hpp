#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Gated recurrent unit over time, one or both directions at once, as PyTorch computes it.
///
///     r = sigmoid(W_r x + b_r + U_r h + c_r)        z = sigmoid(W_z x + b_z + U_z h + c_z)
///     q = U_n h + c_n                               n = tanh(W_n x + b_n + r * q)
///     h' = (1 - z) * n + z * h
///
/// x (items, time, in), y (items, time, directions * hidden): the second direction runs from the last frame to the
/// first, its results stand behind those of the first direction, at the frame they belong to. Per direction
/// (`weights`): input (3 hidden, in), recurrent (3 hidden, hidden), input_bias and recurrent_bias (3 hidden), row
/// blocks in the order r, z, n: PyTorch's weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0.
/// state (items, directions, hidden) or null: read as the first h, holds the last h afterwards; null starts from zero.
/// cache or null: `size::cache()` values that backward needs: r, z, n, q, (directions, items, time, 4, hidden).
/// backward belongs to a forward that started from zero. `gradients` is null, or one `weights` per direction to add to.
/// The last four functions are optional: see `kernel`. What is prepared holds all weights and biases.
///
///     template <class T> struct kernel<op::gru, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::gru::size&, const T* x, const op::gru::weights<const T>* w,
///                           T* state, T* y, T* cache) noexcept;
///       static void backward(const R&, const op::gru::size&, const T* x, const op::gru::weights<const T>* w,
///                            const T* y, const T* cache, const T* dy, T* dx,
///                            const op::gru::weights<T>* gradients) noexcept;
///       static constexpr idx prepared(const op::gru::size&);
///       static void prepare(const op::gru::size&, const op::gru::weights<const T>* w, T* to) noexcept;
///       static constexpr idx prepared_workspace(const op::gru::size&, int workers);
///       static void forward_prepared(const R&, const op::gru::size&, const T* x, const T* prepared, T* state,
///                                    T* y) noexcept;
///     };
struct gru {
  struct size {
    idx items, time, in, hidden;
    int directions = 1;
    constexpr idx cache() const { return directions * items * time * 4 * hidden; }
    constexpr idx multiply_adds() const { return directions * items * time * 3 * hidden * (in + hidden); }
  };
  template <class T>
  struct weights {
    T *input, *recurrent, *input_bias, *recurrent_bias;
  };
};

}  // namespace auris::op
