#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/backend/cuda/random.hpp>
#include <auris/op/spec_augment.hpp>

namespace auris {

struct cuda;

template <class T>
struct kernel<op::spec_augment, cuda, T> {
  static void forward(const resources<cuda, T>& r, const op::spec_augment::size& s, const cuda_random_key& key,
                      const T* x, T* y) noexcept;
};

}  // namespace auris
