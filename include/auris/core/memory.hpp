#pragma once
#include <auris/core/large_pages.hpp>
#include <auris/core/shape.hpp>
#include <new>

namespace auris {

/// Where the arenas of a backend lie, and how values get there: here the memory of the host. Every function takes the
/// backend's queue and works in its order; `download` returns when the values have arrived, `wait` when all that was
/// queued is done, and the others need not wait. Memory that is not the host's also has `queue_download`, a download
/// that is waited for later.
///
/// A backend names its own as `Backend::memory`.
struct host_memory {
  using staging = host_memory;           ///< of the host, for copies from and to this memory
  static constexpr bool on_host = true;  ///< the host may use the pointers
  static constexpr const char* name = "memory";

  /// All zero, aligned to 64 bytes, in large pages where there are such; null where the system has not as much.
  static void* allocate(std::size_t bytes) noexcept {
    void* p = ::operator new (bytes, std::align_val_t{alignment}, std::nothrow);
    if (!p) return p;
    detail::ask_for_large_pages(p, bytes);
    return __builtin_memset(p, 0, bytes);
  }
  static void release(void* p) noexcept { ::operator delete (p, std::align_val_t{alignment}); }

  template <class Queue, class T>
  static void clear(const Queue&, idx count, T* p) noexcept {
    for (idx i = 0; i < count; ++i) p[i] = T(0);
  }
  template <class Queue, class T>
  static void upload(const Queue& q, idx count, const T* from, T* to) noexcept {
    download(q, count, from, to);
  }
  template <class Queue, class T>
  static void download(const Queue&, idx count, const T* from, T* to) noexcept {
    if (from == to) return;
    for (idx i = 0; i < count; ++i) to[i] = from[i];
  }
  template <class Queue>
  static void wait(const Queue&) noexcept {}

 private:
  static constexpr std::size_t alignment = 64;
};

}  // namespace auris
