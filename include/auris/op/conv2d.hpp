#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Two-dimensional cross-correlation over time and mel, channels last.
///
///     forward    y[n, t, f, o] = act(bias[o] + sum_{i, j, c} x[n, time(t, i), mel(f, j), c] * weight[i, j, c, o])
///                time(t, i) = t * stride + i * dilation - before,  mel(f, j) alike
///                act = max(., 0) if `rectify`, else identity
///                and, where the size has a `pool` larger than one place, of each of its windows the largest value (NaN wins) or
///                the mean; windows lie side by side, one that does not fit is dropped
///     backward   dx[n, time(t, i), mel(f, j), c] = sum dy[n, t, f, o] * weight[i, j, c, o]
///                dweight[i, j, c, o] += sum dy[n, t, f, o] * x[n, time(t, i), mel(f, j), c]
///                dbias[o] += sum dy[n, t, f, o],   all without `rectify` and `pool`
///
/// x (items, time, mel, in), weight (kernel_time, kernel_mel, in, out), bias (out) or null, y (items, out_time,
/// out_mel, out), with a pool (items, out_time / pool.time, out_mel / pool.mel, out). Positions outside of x count as zero. PyTorch's weight is (out, in, kernel_time, kernel_mel): loading
/// permutes once.
///
///     template <class T> struct kernel<op::conv2d, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::conv2d::size&, const T* x, const T* weight, const T* bias,
///                           T* y) noexcept;
///       static void backward(const R&, const op::conv2d::size&, const T* x, const T* weight, const T* dy,
///                            T* dx, T* dweight, T* dbias) noexcept;
///       // perhaps, where forward and forward_prepared pool: what it depends on beside the pool is what `prepared` depends on
///       static constexpr bool pools(const op::conv2d::size&);
///       // perhaps, for weights that stay the same:
///       static constexpr idx prepared(const op::conv2d::size&);
///       static void prepare(const op::conv2d::size&, const T* weight, T* to) noexcept;
///       static constexpr idx prepared_workspace(const op::conv2d::size&, int workers);
///       static void forward_prepared(const R&, const op::conv2d::size&, const T* x, const T* prepared, const T* bias,
///                                    T* y) noexcept;
///     };
///
/// `prepare` brings weights into an order of the kernel's own, on the calling thread: `prepared` scalars, which depend on
/// channels, kernel, stride, dilation and `mel.narrow()` alone, not on items, extents and padding. They start at a multiple of 64
/// bytes. `forward_prepared` is `forward` with them, up to rounding.
struct conv2d {
  /// Along one axis.
  struct axis {
    idx extent, kernel, stride = 1, before = 0, after = 0, dilation = 1;  ///< before, after: padding
    constexpr idx outputs() const {
      const idx room = extent + before + after - dilation * (kernel - 1) - 1;
      return room < 0 ? 0 : room / stride + 1;
    }
    /// Whether there are few of them. Where mel has few, a call may have few rows for its weights.
    constexpr bool narrow() const { return outputs() <= 4; }
  };
  /// What becomes of y at last.
  struct pooling {
    idx time = 1, mel = 1;
    bool average = false;
    constexpr idx places() const { return time * mel; }
  };
  struct size {
    idx items, in, out;
    axis time, mel;
    bool rectify = false;
    pooling pool = {};
    constexpr idx depth() const { return time.kernel * mel.kernel * in; }
    constexpr idx rows() const { return items * time.outputs() * mel.outputs(); }
    constexpr idx pooled_time() const { return time.outputs() / pool.time; }
    constexpr idx pooled_mel() const { return mel.outputs() / pool.mel; }
    constexpr idx pooled_rows() const { return items * pooled_time() * pooled_mel(); }
    constexpr idx weights() const { return depth() * out; }
    constexpr idx multiply_adds() const { return rows() * depth() * out; }
  };
};

}  // namespace auris::op
