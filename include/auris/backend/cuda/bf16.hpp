#pragma once
#include <auris/core/bf16.hpp>
#include <auris/core/kernel.hpp>
#include <auris/core/shape.hpp>

namespace auris {
struct cuda;
namespace detail {
struct cuda_bf16;
}
}  // namespace auris

namespace auris::detail::gpu {

/// `count` numbers as bf16, in an array of floats.
struct bf16_array {
  idx count;

  constexpr idx floats() const { return (count + 1) / 2; }
  void store(const float* from, float* to) const noexcept {
    for (idx i = 0; i < count; i += 2) {
      const bf16 both[2] = {bf16::nearest(from[i]), i + 1 < count ? bf16::nearest(from[i + 1]) : bf16{}};
      __builtin_memcpy(to + i / 2, both, sizeof both);
    }
  }
  static const bf16* stored(const float* p) noexcept { return reinterpret_cast<const bf16*>(p); }
};

/// What the kernels of operations with one array of weights share: `weights(size)` counts them, for the kind of size.
template <class Operation, class T>
struct bf16_kernel : kernel<Operation, cuda, T> {
  using R = resources<cuda_bf16, T>;
  using size = typename Operation::size;

  static constexpr idx prepared(const size& s) { return weights(s).floats(); }
  static void prepare(const size& s, const T* weight, T* to) noexcept { weights(s).store(weight, to); }
  static constexpr idx prepared_workspace(const size& s, int workers) {
    return kernel<Operation, cuda, T>::forward_workspace(s, workers);
  }

 protected:
  static constexpr bf16_array weights(const size& s) { return {s.weights()}; }
};

}  // namespace auris::detail::gpu
