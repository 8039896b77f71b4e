#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/op/constant_q.hpp>

namespace auris {

struct cuda;

template <class T>
struct kernel<op::constant_q, cuda, T> {
  static void forward(const resources<cuda, T>& r, const op::constant_q::size& s, const T* x, const idx* first,
                      const idx* offset, const T* weight, T* y) noexcept;
};

}  // namespace auris
