#pragma once
#include <auris/core/result.hpp>
#include <auris/core/shape.hpp>

struct CUstream_st;
struct CUgraphExec_st;

namespace auris {

/// A stream of CUDA: `cudaStream_t` without its header. Who wants one of their own has `cuda_queue`.
using cuda_stream = CUstream_st*;

/// What the library asks of the device, defined where nvcc compiles (device.cuh): a template, so that a program built by
/// another compiler may declare it and link what nvcc made. Failures are kept until `status` tells them.
template <class = void>
struct cuda_device {
  static void* allocate(std::size_t bytes) noexcept;  ///< all zero; null where the device has not as much
  static void release(void* p) noexcept;
  static void* allocate_pinned(std::size_t bytes) noexcept;  ///< of the host, all zero
  static void release_pinned(void* p) noexcept;

  static void clear(cuda_stream s, std::size_t bytes, void* p) noexcept;
  static void upload(cuda_stream s, std::size_t bytes, const void* from, void* to) noexcept;
  static void download(cuda_stream s, std::size_t bytes, const void* from, void* to) noexcept;
  static void wait(cuda_stream s) noexcept;

  static cuda_stream make_stream() noexcept;  ///< that waits for no other; null where the system has none left
  static void release_stream(cuda_stream s) noexcept;

  static void begin_capture(cuda_stream s) noexcept;  ///< what is queued on s from here on is kept and not run
  /// What was kept, ready to launch; null where that failed.
  static CUgraphExec_st* end_capture(cuda_stream s) noexcept;
  static void launch_graph(CUgraphExec_st* g, cuda_stream s) noexcept;
  static void release_graph(CUgraphExec_st* g) noexcept;

  static void keep(const char* operation, const char* failure) noexcept;  ///< the first one stays
  static result<void> status();
};

/// Memory of the host that copies from and to the device need not stage.
struct cuda_pinned_memory {
  static constexpr const char* name = "pinned memory";
  static void* allocate(std::size_t bytes) noexcept { return cuda_device<>::allocate_pinned(bytes); }
  static void release(void* p) noexcept { cuda_device<>::release_pinned(p); }
};

/// Memory of the device.
struct cuda_memory {
  using staging = cuda_pinned_memory;
  static constexpr bool on_host = false;
  static constexpr const char* name = "memory of the GPU";

  static void* allocate(std::size_t bytes) noexcept { return cuda_device<>::allocate(bytes); }
  static void release(void* p) noexcept { cuda_device<>::release(p); }

  template <class T>
  static void clear(cuda_stream s, idx count, T* p) noexcept {
    if (count > 0) cuda_device<>::clear(s, bytes<T>(count), p);
  }
  template <class T>
  static void upload(cuda_stream s, idx count, const T* from, T* to) noexcept {
    if (count > 0) cuda_device<>::upload(s, bytes<T>(count), from, to);
  }
  template <class T>
  static void queue_download(cuda_stream s, idx count, const T* from, T* to) noexcept {
    if (count > 0) cuda_device<>::download(s, bytes<T>(count), from, to);
  }
  template <class T>
  static void download(cuda_stream s, idx count, const T* from, T* to) noexcept {
    if (count <= 0) return;
    queue_download(s, count, from, to);
    wait(s);
  }
  static void wait(cuda_stream s) noexcept { cuda_device<>::wait(s); }

 private:
  template <class T>
  static constexpr std::size_t bytes(idx count) {
    return static_cast<std::size_t>(count) * sizeof(T);
  }
};

}  // namespace auris
