#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Affine map of rows: the product behind the linear layer, 1x1 convolutions and the input part of recurrent layers.
///
///     forward    y[r, o]  = bias[o] + sum_i x[r, i] * weight[o, i]
///     backward   dx[r, i] = sum_o dy[r, o] * weight[o, i]
///                dweight[o, i] += sum_r dy[r, o] * x[r, i]
///                dbias[o]      += sum_r dy[r, o]
///
/// x (rows, in), weight (out, in) as in PyTorch, bias (out) or null, y (rows, out). The last four functions are optional: see
/// `kernel`.
///
///     template <class T> struct kernel<op::linear, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::linear::size&, const T* x, const T* weight, const T* bias,
///                           T* y) noexcept;
///       static void backward(const R&, const op::linear::size&, const T* x, const T* weight, const T* dy,
///                            T* dx, T* dweight, T* dbias) noexcept;
///       static constexpr idx prepared(const op::linear::size&);
///       static void prepare(const op::linear::size&, const T* weight, T* to) noexcept;
///       static constexpr idx prepared_workspace(const op::linear::size&, int workers);
///       static void forward_prepared(const R&, const op::linear::size&, const T* x, const T* prepared, const T* bias,
///                                    T* y) noexcept;
///     };
struct linear {
  struct size {
    idx rows, in, out;
    constexpr idx weights() const { return out * in; }
    constexpr idx multiply_adds() const { return rows * in * out; }  ///< of forward; backward does twice that
  };
};

}  // namespace auris::op
