#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/backend/cuda/product.hpp>
#include <auris/op/nt_xent.hpp>

namespace auris {

struct cuda;

template <class T>
struct kernel<op::nt_xent, cuda, T> {
  /// Of the products; the scores; for each row and column the logarithm of its sum of exponentials and its part of the
  /// loss; for each group its size; the count of positive pairs.
  static constexpr idx forward_workspace(const op::nt_xent::size& s, int) {
    return product_workspace(s) + s.items * (s.items + 5) + 1;
  }
  static void evaluate(const resources<cuda, T>& r, const op::nt_xent::size& s, const T* audio, const T* text, T tau,
                       const int* group, T* value, T* daudio, T* dtext, T* dtau) noexcept;

 private:
  static constexpr idx product_workspace(const op::nt_xent::size& s) {
    const idx of_scores = detail::gpu::product_workspace<T>(s.items, s.items, s.length);
    const idx of_gradients = detail::gpu::product_workspace<T>(s.items, s.length, s.items);
    return of_scores > of_gradients ? of_scores : of_gradients;
  }
};

}  // namespace auris
