#pragma once
#include <auris/backend/cuda/block_sums.hpp>
#include <auris/backend/cuda/device.hpp>
#include <auris/op/optimiser.hpp>

namespace auris {

struct cuda;

template <class T>
struct kernel<op::adam, cuda, T> {
  static void step(const resources<cuda, T>& r, const op::adam::size& s, const T* g, T* m, T* v, T* w) noexcept;
};

template <class T>
struct kernel<op::sgd, cuda, T> {
  static void step(const resources<cuda, T>& r, const op::sgd::size& s, const T* g, T* m, T* w) noexcept;
};

template <class T>
struct kernel<op::squared_norm, cuda, T> {
  static constexpr idx forward_workspace(const op::squared_norm::size& s, int) {
    return detail::gpu::block_sums{s.count}.template workspace<T>();
  }
  static void forward(const resources<cuda, T>& r, const op::squared_norm::size& s, const T* x, T* value) noexcept;
};

template <class T>
struct kernel<op::clip, cuda, T> {
  static void forward(const resources<cuda, T>& r, const op::clip::size& s, const T* squares, T* x) noexcept;
};

}  // namespace auris
