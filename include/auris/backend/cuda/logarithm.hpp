#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/op/logarithm.hpp>

namespace auris {

struct cuda;

template <class T>
struct kernel<op::logarithm, cuda, T> {
  static void forward(const resources<cuda, T>& r, const op::logarithm::size& s, const T* x, T* y) noexcept;
};

}  // namespace auris
