#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Pooling over windows of time and mel, channels last: x (items, time, mel, channels), y (items, out_time, out_mel, channels).
///
///     max_pool   y = the largest of the window, padding is -infinity, NaN wins
///                backward: all of dy goes to the first such place
///     avg_pool   y = sum of the window / (kernel_time * kernel_mel), padding counts as zeros
///
/// Sizes are floored: a window that does not fit is dropped. Padding is at most half the kernel.
///
///     template <class T> struct kernel<op::max_pool, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::max_pool::size&, const T* x, T* y) noexcept;
///       static void backward(const R&, const op::max_pool::size&, const T* x, const T* dy, T* dx) noexcept;
///     };
///     template <class T> struct kernel<op::avg_pool, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::avg_pool::size&, const T* x, T* y) noexcept;
///       static void backward(const R&, const op::avg_pool::size&, const T* dy, T* dx) noexcept;
///     };
struct pool {
  /// Along one axis.
  struct axis {
    idx extent, kernel, stride, padding = 0;
    constexpr idx outputs() const {
      const idx room = extent + 2 * padding - kernel;
      return room < 0 ? 0 : room / stride + 1;
    }
  };
  struct size {
    idx items, channels;
    axis time, mel;
  };
};
struct max_pool {
  using size = pool::size;
};
struct avg_pool {
  using size = pool::size;
};

}  // namespace auris::op
