#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Two-dimensional cross-correlation over time and mel, channels last.
///
///     forward    y[n, t, f, o] = act(bias[o] + sum_{i, j, c} x[n, time(t, i), mel(f, j), c] * weight[i, j, c, o])
///                time(t, i) = t * stride + i * dilation - before,  mel(f, j) alike
///                act = max(., 0) if `rectify`, else identity
///     backward   dx[n, time(t, i), mel(f, j), c] = sum dy[n, t, f, o] * weight[i, j, c, o]
///                dweight[i, j, c, o] += sum dy[n, t, f, o] * x[n, time(t, i), mel(f, j), c]
///                dbias[o] += sum dy[n, t, f, o],   all without `rectify`
///
/// x (items, time, mel, in), weight (kernel_time, kernel_mel, in, out), bias (out) or null, y (items, out_time,
/// out_mel, out). Positions outside of x count as zero. PyTorch's weight is (out, in, kernel_time, kernel_mel): loading
/// permutes once.
///
///     template <class T> struct kernel<op::conv2d, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::conv2d::size&, const T* x, const T* weight, const T* bias,
///                           T* y) noexcept;
///       static void backward(const R&, const op::conv2d::size&, const T* x, const T* weight, const T* dy,
///                            T* dx, T* dweight, T* dbias) noexcept;
///       // perhaps, for weights that stay the same:
///       static constexpr idx prepared(const op::conv2d::size&);
///       static void prepare(const op::conv2d::size&, const T* weight, T* to) noexcept;
///       static constexpr idx prepared_workspace(const op::conv2d::size&, int workers);
///       static void forward_prepared(const R&, const op::conv2d::size&, const T* x, const T* prepared, const T* bias,
///                                    T* y) noexcept;
///     };
///
/// `prepare` brings weights into an order of the kernel's own, on the calling thread: `prepared` scalars, which depend on
/// channels, kernel, stride and dilation alone, not on items, extents and padding. They start at a multiple of 64 bytes.
/// `forward_prepared` is `forward` with them, up to rounding.
struct conv2d {
  /// Along one axis.
  struct axis {
    idx extent, kernel, stride = 1, before = 0, after = 0, dilation = 1;  ///< before, after: padding
    constexpr idx outputs() const {
      const idx room = extent + before + after - dilation * (kernel - 1) - 1;
      return room < 0 ? 0 : room / stride + 1;
    }
  };
  struct size {
    idx items, in, out;
    axis time, mel;
    bool rectify = false;
    constexpr idx depth() const { return time.kernel * mel.kernel * in; }
    constexpr idx rows() const { return items * time.outputs() * mel.outputs(); }
    constexpr idx weights() const { return depth() * out; }
    constexpr idx multiply_adds() const { return rows() * depth() * out; }
  };
};

}  // namespace auris::op
