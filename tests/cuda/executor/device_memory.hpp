// Memory of the device, which is memory of the host, and the members of auris::cuda_device that allocate and copy.
#pragma once
#include <auris/backend/cuda/device.hpp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <type_traits>

#include "cuda/executor/sanitizers.hpp"
#include "cuda/executor/streams.hpp"

namespace cuda_executor {

/// Memory of the device by its first address. While a `separate_memory` lives, the host may not touch it (found by the
/// address sanitizer), and kernels and copies that are given the host's memory instead are refused.
class device_memory {
 public:
  void* allocate(std::size_t bytes) {
    const std::lock_guard lock(one_at_a_time);
    void* p = std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
    if (!p) return nullptr;
    std::memset(p, 0, bytes);
    all_[reinterpret_cast<std::uintptr_t>(p)] = bytes;
    if (separate_) asan::forbid(p, bytes);
    return p;
  }
  bool release(void* p) {
    const std::lock_guard lock(one_at_a_time);
    const auto found = all_.find(reinterpret_cast<std::uintptr_t>(p));
    if (found == all_.end()) return p == nullptr;
    asan::allow(p, found->second);
    all_.erase(found);
    std::free(p);
    return true;
  }

  bool separate() const { return separate_; }
  void set_separate(bool separate) {
    separate_ = separate;
    open(!separate);
  }
  /// Whether p may be given to the device: into an allocation or to its end, or null.
  bool holds(const void* p) const {
    const std::lock_guard lock(one_at_a_time);
    const auto a = reinterpret_cast<std::uintptr_t>(p);
    auto next = all_.upper_bound(a);
    return !separate_ || !p || (next != all_.begin() && a - (--next)->first <= next->second);
  }

  /// For as long as it lives, the executor may touch what the host may not.
  class access {
   public:
    explicit access(const device_memory& m) : memory_(m), lock_(one_at_a_time) {
      if (memory_.separate_) memory_.open(true);
    }
    ~access() {
      if (memory_.separate_) memory_.open(false);
    }
    access(const access&) = delete;
    access& operator=(const access&) = delete;

   private:
    const device_memory& memory_;
    std::lock_guard<std::recursive_mutex> lock_;
  };

 private:
  void open(bool allowed) const {
    for (const auto& [first, bytes] : all_)
      (allowed ? asan::allow : asan::forbid)(reinterpret_cast<const void*>(first), bytes);
  }
  static constexpr std::size_t alignment = 256;
  std::map<std::uintptr_t, std::size_t> all_;
  bool separate_ = false;
};
inline device_memory memory;

/// See device_memory.
class separate_memory {
 public:
  separate_memory() { memory.set_separate(true); }
  ~separate_memory() { memory.set_separate(false); }
  separate_memory(const separate_memory&) = delete;
  separate_memory& operator=(const separate_memory&) = delete;
};

struct kept_failure {
  const char* operation = nullptr;
  char text[512] = {};
};
inline thread_local kept_failure first_failure{};

}  // namespace cuda_executor

namespace auris {

template <class V>
void* cuda_device<V>::allocate(std::size_t bytes) noexcept {
  return cuda_executor::refused("allocate") ? nullptr : cuda_executor::memory.allocate(bytes);
}
template <class V>
void cuda_device<V>::release(void* p) noexcept {
  if (p) cuda_executor::refused("release");
  if (!cuda_executor::memory.release(p)) keep("release", "not the start of memory of the device");
}
template <class V>
void* cuda_device<V>::allocate_pinned(std::size_t bytes) noexcept {
  return cuda_executor::refused("allocate_pinned") ? nullptr : std::calloc(bytes, 1);
}
template <class V>
void cuda_device<V>::release_pinned(void* p) noexcept {
  if (p) cuda_executor::refused("release_pinned");
  std::free(p);
}
template <class V>
void cuda_device<V>::clear(cuda_stream s, std::size_t bytes, void* p) noexcept {
  if (!cuda_executor::memory.holds(p)) return keep("clear", "not memory of the device");
  cuda_executor::queue("clear", s, [=] {
    const cuda_executor::device_memory::access open(cuda_executor::memory);
    std::memset(p, 0, bytes);
  });
}
template <class V>
void cuda_device<V>::upload(cuda_stream s, std::size_t bytes, const void* from, void* to) noexcept {
  if (!cuda_executor::memory.holds(to)) return keep("upload", "the target is not memory of the device");
  cuda_executor::queue("upload", s, [=] {
    const cuda_executor::device_memory::access open(cuda_executor::memory);
    std::memcpy(to, from, bytes);
  });
}
template <class V>
void cuda_device<V>::download(cuda_stream s, std::size_t bytes, const void* from, void* to) noexcept {
  if (!cuda_executor::memory.holds(from)) return keep("download", "the source is not memory of the device");
  cuda_executor::queue("download", s, [=] {
    const cuda_executor::device_memory::access open(cuda_executor::memory);
    cuda_executor::all_streams.copy_to_host(s, from, bytes, to);
  });
}
template <class V>
void cuda_device<V>::keep(const char* operation, const char* failure) noexcept {
  cuda_executor::kept_failure& first = cuda_executor::first_failure;
  if (first.operation) return;
  first.operation = operation;
  std::snprintf(first.text, sizeof first.text, "%s", failure);
}
template <class V>
result<void> cuda_device<V>::status() {
  const cuda_executor::kept_failure first = cuda_executor::first_failure;
  cuda_executor::first_failure.operation = nullptr;
  if (!first.operation) return {};
  return error{"the GPU reports a failure", first.operation, {}, first.text};
}

}  // namespace auris
