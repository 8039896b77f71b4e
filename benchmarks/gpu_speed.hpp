// What a GPU does at best, measured: what kernels are compared with.
#pragma once
#include <cuda_runtime_api.h>

#include <auris/backend/cuda.hpp>
#include <chrono>
#if defined(AURIS_WITH_CUBLAS)
#include <auris/backend/cublas.hpp>
#endif

struct gpu_speed {
  /// Read and written per second by a copy of 256 MiB.
  double bytes = 0;
  /// Floating-point operations per second of a product of 8192 x 8192 floats: cuBLAS's, else our own.
  double operations = 0;

  static bool there_is_one() {
    int count = 0;
    return cudaGetDeviceCount(&count) == cudaSuccess && count > 0;
  }
  static const gpu_speed& measured() {
    static const gpu_speed once = measure();
    return once;
  }

 private:
#if defined(AURIS_WITH_CUBLAS)
  using product = auris::cuda_backend<auris::matrix_product::cublas>;
#else
  using product = auris::cuda;
#endif
  /// Seconds of the fastest of several runs, after one to warm up.
  template <class Queue>
  static double fastest(const Queue& queue) {
    double best = 1e9;
    for (int i = 0; i < 6; ++i) {
      const auto begin = std::chrono::steady_clock::now();
      queue();
      auris::cuda_memory::wait(nullptr);
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
      if (i > 0 && took.count() < best) best = took.count();
    }
    return best;
  }
  static gpu_speed measure() {
    using namespace auris;
    constexpr idx side = 8192;
    constexpr std::size_t bytes = side * side * sizeof(float);
    void* arrays[3];
    for (void*& a : arrays) a = cuda_memory::allocate(bytes);
    gpu_speed s;
    if (arrays[0] && arrays[1] && arrays[2]) {
      s.bytes = 2 * bytes / fastest([&] { cudaMemcpyAsync(arrays[1], arrays[0], bytes, cudaMemcpyDeviceToDevice); });
      const auto p = [&](int i) { return static_cast<float*>(arrays[i]); };
      using k = kernel_of<op::linear, product, float>;
      const op::linear::size size{side, side, side};
      void* const workspace = cuda_memory::allocate(
          static_cast<std::size_t>(forward_workspace<op::linear, product, float>(size, 1) + 1) * sizeof(float));
      if (workspace)
        s.operations = 2.0 * side * side * side / fastest([&] {
                         k::forward({nullptr, static_cast<float*>(workspace)}, size, p(0), p(1), nullptr, p(2));
                       });
      cuda_memory::release(workspace);
    }
    for (void* a : arrays) cuda_memory::release(a);
    return s;
  }
};
