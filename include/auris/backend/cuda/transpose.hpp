#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/op/transpose.hpp>

namespace auris {

struct cuda;

template <class T>
struct kernel<op::transpose, cuda, T> {
  static void forward(const resources<cuda, T>& r, const op::transpose::size& s, const T* x, T* y) noexcept;
};

}  // namespace auris
