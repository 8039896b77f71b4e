#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/op/pool.hpp>

namespace auris {

struct cuda;

template <class T>
struct kernel<op::max_pool, cuda, T> {
  using R = resources<cuda, T>;
  static void forward(const R& r, const op::max_pool::size& s, const T* x, T* y) noexcept;

  /// Where windows overlap: the place of each window's largest value.
  static constexpr idx backward_workspace(const op::max_pool::size& s, int) {
    return overlap(s) ? s.items * s.time.outputs() * s.mel.outputs() * s.channels : 0;
  }
  static void backward(const R& r, const op::max_pool::size& s, const T* x, const T* dy, T* dx) noexcept;

 private:
  static constexpr bool overlap(const op::max_pool::size& s) {
    return s.time.stride < s.time.kernel || s.mel.stride < s.mel.kernel;
  }
};

template <class T>
struct kernel<op::avg_pool, cuda, T> {
  using R = resources<cuda, T>;
  static void forward(const R& r, const op::avg_pool::size& s, const T* x, T* y) noexcept;
  static void backward(const R& r, const op::avg_pool::size& s, const T* dy, T* dx) noexcept;
};

}  // namespace auris
