#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/op/dct.hpp>

namespace auris {

struct cuda;

template <class T>
struct kernel<op::dct, cuda, T> {
  static void forward(const resources<cuda, T>& r, const op::dct::size& s, const T* x, const T* table, T* y) noexcept;
};

}  // namespace auris
