#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/op/attention.hpp>

namespace auris {

struct cuda;

/// A block of threads keeps 32 queries and 32 keys in shared memory: width is at most 400, 200 in double.
template <class T>
struct kernel<op::attention, cuda, T> {
  using R = resources<cuda, T>;
  static void forward(const R& r, const op::attention::size& s, const T* x, const T* mask, T* y) noexcept;
};

}  // namespace auris
