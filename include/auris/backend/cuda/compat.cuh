// The one header that kernels include: nvcc's CUDA, or, where AURIS_CUDA_EXECUTOR names a header, an executor that runs the
// same kernels on the host. Its macros are the only ones of the CUDA backend.
//
//   AURIS_SHARED(name, type)          a variable that the threads of a block share
//   AURIS_DYNAMIC_SHARED(name, T)     T* to the shared memory whose size the launch gives
//   AURIS_UNROLL                      in front of a loop
#pragma once
#include <auris/backend/cuda/device.hpp>
#include <type_traits>
#include <utility>

#if defined(__CUDACC__)
#include <cuda_runtime.h>

#define AURIS_SHARED(name, ...) __shared__ ::std::type_identity_t<__VA_ARGS__> name
#define AURIS_DYNAMIC_SHARED(name, T)                             \
  extern __shared__ __align__(128) unsigned char auris_shared_[]; \
  T* const name = reinterpret_cast<T*>(auris_shared_)
#define AURIS_UNROLL _Pragma("unroll")

namespace auris::detail::gpu {

/// One launch: what it is called in errors, its shape, dynamic shared memory in bytes, and where it queues.
struct launch_options {
  const char* operation;
  dim3 grid, block;
  cuda_stream stream;
  std::size_t shared = 0;
};

template <class... P>
bool prepare_shared(void (*kernel)(P...), const launch_options& o) noexcept {
  if (o.shared <= 48 * 1024) return true;
  const cudaError_t e = cudaFuncSetAttribute(reinterpret_cast<const void*>(kernel),
                                             cudaFuncAttributeMaxDynamicSharedMemorySize, static_cast<int>(o.shared));
  if (e != cudaSuccess) cuda_device<>::keep(o.operation, cudaGetErrorString(e));
  return e == cudaSuccess;
}

/// Queues kernel(a...); an empty grid queues nothing.
template <class... P, class... A>
void launch(const launch_options& o, void (*kernel)(P...), const A&... a) noexcept {
  static_assert(sizeof...(P) == sizeof...(A));
  if (o.grid.x == 0 || o.grid.y == 0 || o.grid.z == 0 || !prepare_shared(kernel, o)) return;
  kernel<<<o.grid, o.block, o.shared, o.stream>>>(static_cast<P>(a)...);
  if (const cudaError_t e = cudaGetLastError(); e != cudaSuccess)
    cuda_device<>::keep(o.operation, cudaGetErrorString(e));
}

/// As launch, with all blocks on the device at the same time, so that `grid_barrier` works; at most `resident_blocks`.
template <class... P, class... A>
void launch_together(const launch_options& o, void (*kernel)(P...), const A&... a) noexcept {
  static_assert(sizeof...(P) == sizeof...(A));
  if (o.grid.x == 0 || o.grid.y == 0 || o.grid.z == 0 || !prepare_shared(kernel, o)) return;
  [&](P... values) {
    void* arguments[] = {const_cast<void*>(static_cast<const void*>(&values))...};
    const cudaError_t e = cudaLaunchCooperativeKernel(reinterpret_cast<const void*>(kernel), o.grid, o.block, arguments,
                                                      o.shared, o.stream);
    if (e != cudaSuccess) cuda_device<>::keep(o.operation, cudaGetErrorString(e));
  }(static_cast<P>(a)...);
}

/// How many blocks of a kernel the device holds at the same time.
template <class... P>
int resident_blocks(void (*kernel)(P...), int threads, std::size_t shared) noexcept {
  int device = 0, processors = 0, blocks = 0;
  if (!prepare_shared(kernel, {"resident_blocks", {}, {}, nullptr, shared}) || cudaGetDevice(&device) != cudaSuccess ||
      cudaDeviceGetAttribute(&processors, cudaDevAttrMultiProcessorCount, device) != cudaSuccess ||
      cudaOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, reinterpret_cast<const void*>(kernel), threads, shared) !=
          cudaSuccess)
    return 0;
  return processors * blocks;
}

/// Waits for all blocks of a `launch_together` that share the counter, which starts at zero; round counts from 1 and grows
/// by one each time. What was written before is visible behind it.
__device__ inline void grid_barrier(unsigned* counter, unsigned round, unsigned blocks) {
  __syncthreads();
  if (threadIdx.x == 0 && threadIdx.y == 0 && threadIdx.z == 0) {
    __threadfence();
    atomicAdd(counter, 1u);
    while (*static_cast<volatile unsigned*>(counter) < round * blocks) {}
    __threadfence();
  }
  __syncthreads();
}

}  // namespace auris::detail::gpu

#elif defined(AURIS_CUDA_EXECUTOR)
#include AURIS_CUDA_EXECUTOR
#else
#error "auris: the definitions of CUDA kernels need nvcc"
#endif
