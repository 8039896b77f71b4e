#pragma once
#include <cuda_runtime_api.h>

#include <auris/backend/cuda/device.hpp>
#include <auris/core/arena.hpp>
#include <map>
#include <vector>

namespace auris::detail {

/// Whether a library may get ready for work on a stream: it allocates, so not while the stream is captured.
inline bool may_get_ready(const char* operation, cuda_stream s) noexcept {
  cudaStreamCaptureStatus status = cudaStreamCaptureStatusNone;
  if (!s) return true;  // the default stream cannot be captured
  if (cudaStreamIsCapturing(s, &status) == cudaSuccess && status == cudaStreamCaptureStatusNone) return true;
  cuda_device<>::keep(operation, "a library has to get ready for these sizes, with a call before the capture");
  return false;
}

/// What a map has for a key; else what `make` inserts, which gives its place. Null while the library may not get ready;
/// then `status` tells.
template <class Map, class Make>
auto* known_or_made(Map& map, const typename Map::key_type& key, const char* operation, cuda_stream s,
                    const Make& make) {
  auto at = map.find(key);
  if (at == map.end() && may_get_ready(operation, s)) at = make();
  return at == map.end() ? nullptr : &at->second;
}

/// Scratch memory that a library asks for: of each stream its own, since work of two streams may overlap. It grows;
/// what was given out stays in place, because a graph may hold it.
class library_memory {
 public:
  /// So many bytes, or more, aligned to 256. Null for none, and where that fails: then `status` tells.
  void* reserve(const char* operation, cuda_stream s, std::size_t bytes) {
    auto& parts = of_stream_[s];
    const auto wanted = static_cast<idx>(bytes), largest = parts.empty() ? 0 : parts.back().size();
    if (wanted > largest) {
      if (!may_get_ready(operation, s)) return nullptr;
      auto part = arena<unsigned char, cuda_memory>::make(wanted > 2 * largest ? wanted : 2 * largest);
      if (!part) {
        cuda_device<>::keep(operation, "a library wants more memory than the GPU has");
        return nullptr;
      }
      parts.push_back(static_cast<arena<unsigned char, cuda_memory>&&>(*part));
    }
    return parts.empty() ? nullptr : parts.back().data();
  }

 private:
  std::map<cuda_stream, std::vector<arena<unsigned char, cuda_memory>>> of_stream_;
};

/// The calling thread's own `Library` for the GPU it uses: handles belong to a GPU and serve one thread at a time. Null
/// while the library may not get ready; then `status` tells.
template <class Library>
Library* library_of_thread(const char* operation, cuda_stream s) {
  thread_local std::map<int, Library> of_device;
  int device = 0;
  cudaGetDevice(&device);
  return known_or_made(of_device, device, operation, s, [&] { return of_device.try_emplace(device).first; });
}

}  // namespace auris::detail
