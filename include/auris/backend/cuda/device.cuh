#pragma once
#include <auris/backend/cuda/compat.cuh>
#include <cstring>

#if defined(__CUDACC__)
namespace auris {

namespace detail {
struct device_failure {
  const char* operation = nullptr;
  const char* text = nullptr;
};
inline thread_local device_failure first_device_failure{};

inline void keep_failure(const char* operation, cudaError_t e) noexcept {
  if (e == cudaSuccess) return;
  cuda_device<>::keep(operation, cudaGetErrorString(e));
  static_cast<void>(cudaGetLastError());  // no launch behind it is to blame
}
}  // namespace detail

template <class V>
void* cuda_device<V>::allocate(std::size_t bytes) noexcept {
  void* p = nullptr;
  if (cudaMalloc(&p, bytes) == cudaSuccess) {
    // Zero before any stream may use it.
    if (cudaMemset(p, 0, bytes) == cudaSuccess && cudaStreamSynchronize(nullptr) == cudaSuccess) return p;
    cudaFree(p);
  }
  static_cast<void>(cudaGetLastError());  // the caller reports it
  return nullptr;
}
template <class V>
void cuda_device<V>::release(void* p) noexcept {
  if (p) detail::keep_failure("cudaFree", cudaFree(p));
}
template <class V>
void* cuda_device<V>::allocate_pinned(std::size_t bytes) noexcept {
  void* p = nullptr;
  if (cudaMallocHost(&p, bytes) == cudaSuccess) return std::memset(p, 0, bytes);
  static_cast<void>(cudaGetLastError());
  return nullptr;
}
template <class V>
void cuda_device<V>::release_pinned(void* p) noexcept {
  if (p) detail::keep_failure("cudaFreeHost", cudaFreeHost(p));
}
template <class V>
void cuda_device<V>::clear(cuda_stream s, std::size_t bytes, void* p) noexcept {
  detail::keep_failure("clear", cudaMemsetAsync(p, 0, bytes, s));
}
template <class V>
void cuda_device<V>::upload(cuda_stream s, std::size_t bytes, const void* from, void* to) noexcept {
  detail::keep_failure("upload", cudaMemcpyAsync(to, from, bytes, cudaMemcpyHostToDevice, s));
}
template <class V>
void cuda_device<V>::download(cuda_stream s, std::size_t bytes, const void* from, void* to) noexcept {
  detail::keep_failure("download", cudaMemcpyAsync(to, from, bytes, cudaMemcpyDeviceToHost, s));
}
template <class V>
void cuda_device<V>::wait(cuda_stream s) noexcept {
  detail::keep_failure("wait", cudaStreamSynchronize(s));
}
template <class V>
cuda_stream cuda_device<V>::make_stream() noexcept {
  cuda_stream s = nullptr;
  if (cudaStreamCreateWithFlags(&s, cudaStreamNonBlocking) == cudaSuccess) return s;
  static_cast<void>(cudaGetLastError());  // the caller reports it
  return nullptr;
}
template <class V>
void cuda_device<V>::release_stream(cuda_stream s) noexcept {
  if (s) detail::keep_failure("release of a stream", cudaStreamDestroy(s));
}
template <class V>
void cuda_device<V>::begin_capture(cuda_stream s) noexcept {
  detail::keep_failure("capture", cudaStreamBeginCapture(s, cudaStreamCaptureModeThreadLocal));
}
template <class V>
CUgraphExec_st* cuda_device<V>::end_capture(cuda_stream s) noexcept {
  cudaGraph_t graph = nullptr;
  cudaGraphExec_t ready = nullptr;
  detail::keep_failure("capture", cudaStreamEndCapture(s, &graph));
  if (!graph) return nullptr;
  detail::keep_failure("capture", cudaGraphInstantiateWithFlags(&ready, graph, 0));
  detail::keep_failure("capture", cudaGraphDestroy(graph));
  return ready;
}
template <class V>
void cuda_device<V>::launch_graph(CUgraphExec_st* g, cuda_stream s) noexcept {
  detail::keep_failure("graph", cudaGraphLaunch(g, s));
}
template <class V>
void cuda_device<V>::release_graph(CUgraphExec_st* g) noexcept {
  if (g) detail::keep_failure("release of a graph", cudaGraphExecDestroy(g));
}
template <class V>
void cuda_device<V>::keep(const char* operation, const char* failure) noexcept {
  if (!detail::first_device_failure.text) detail::first_device_failure = {operation, failure};
}
template <class V>
result<void> cuda_device<V>::status() {
  const detail::device_failure f = detail::first_device_failure;
  detail::first_device_failure = {};
  if (!f.text) return {};
  return error{"the GPU reports a failure", f.operation, {}, f.text};
}

}  // namespace auris
#endif
