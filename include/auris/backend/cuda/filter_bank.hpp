#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/op/filter_bank.hpp>

namespace auris {

struct cuda;

template <class T>
struct kernel<op::filter_bank, cuda, T> {
  static void forward(const resources<cuda, T>& r, const op::filter_bank::size& s, const T* x, const idx* first,
                      const idx* offset, const T* weight, T* y) noexcept;
};

}  // namespace auris
