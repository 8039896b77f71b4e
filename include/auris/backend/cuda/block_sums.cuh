#pragma once
#include <auris/backend/cuda/block_sums.hpp>
#include <auris/backend/cuda/warp.cuh>

namespace auris::detail::gpu {

/// The first place in a workspace where doubles may lie.
inline double* doubles_in(void* workspace) {
  const auto at = reinterpret_cast<std::size_t>(workspace);
  return reinterpret_cast<double*>(at + (sizeof(double) - at % sizeof(double)) % sizeof(double));
}

/// Where the sums of the blocks go: to `parts`, or, of a block that is alone, as value[0] += factor * sum.
template <class T>
struct sum_destination {
  double* parts;
  T* value;  ///< null: nothing is kept
  double factor;

  sum_destination(const block_sums& cut, double* room, T* to, double by) noexcept
      : parts(cut.blocks() > 1 ? room : nullptr), value(to), factor(by) {}

  /// All threads of a block give their share.
  __device__ void put(double share) const {
    const double sum = block_reduce<block_sums::threads>(share, add{});
    if (threadIdx.x != 0) return;
    if (parts)
      parts[blockIdx.x] = sum;
    else if (value)
      value[0] += static_cast<T>(factor * sum);
  }
};

template <class T>
__global__ void __launch_bounds__(block_sums::threads)
    add_parts_kernel(idx count, const double* parts, sum_destination<T> to) {
  double share = 0;
  for (idx i = threadIdx.x; i < count; i += block_sums::threads) share += parts[i];
  to.put(share);
}

/// Queues the addition of the sums of all blocks, where there are several.
template <class T>
void add_parts(const char* operation, cuda_stream stream, const block_sums& cut, sum_destination<T> to) noexcept {
  const double* const parts = to.parts;
  if (!parts || !to.value) return;
  to.parts = nullptr;
  launch({operation, 1, block_sums::threads, stream}, add_parts_kernel<T>, cut.blocks(), parts, to);
}

}  // namespace auris::detail::gpu
