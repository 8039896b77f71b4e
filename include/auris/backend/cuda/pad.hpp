#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/op/pad.hpp>

namespace auris {

struct cuda;

template <class T>
struct kernel<op::pad, cuda, T> {
  static void forward(const resources<cuda, T>& r, const op::pad::size& s, const T* x, T* y) noexcept;
};

}  // namespace auris
