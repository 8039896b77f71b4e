#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/op/weighted_rank.hpp>

namespace auris {

struct cuda;

/// Radix sort of each column by a block of threads. Places are kept as scalars: a length is at most 2^24.
template <class T>
struct kernel<op::weighted_rank, cuda, T> {
  using R = resources<cuda, T>;

  static constexpr idx forward_workspace(const op::weighted_rank::size& s, int) { return blocks(s) * 4 * s.length; }
  static void forward(const R& r, const op::weighted_rank::size& s, const T* x, T* y, T* share) noexcept;
  static void backward(const R& r, const op::weighted_rank::size& s, const T* share, const T* dy, T* dx) noexcept;

 private:
  static constexpr idx blocks(const op::weighted_rank::size& s) {
    constexpr idx most = 128;
    return s.outer * s.inner < most ? s.outer * s.inner : most;
  }
};

}  // namespace auris
