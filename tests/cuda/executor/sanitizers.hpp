// What the executor tells the sanitizers of g++ and clang about fibers and memory; without a sanitizer all of it is empty.
#pragma once
#include <cstddef>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define CUDA_EXECUTOR_TSAN 1
#endif
#if __has_feature(address_sanitizer)
#define CUDA_EXECUTOR_ASAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define CUDA_EXECUTOR_TSAN 1
#endif
#if defined(__SANITIZE_ADDRESS__)
#define CUDA_EXECUTOR_ASAN 1
#endif

#if defined(CUDA_EXECUTOR_TSAN)
#include <sanitizer/tsan_interface.h>
#endif
#if defined(CUDA_EXECUTOR_ASAN)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

/// Functions of the executor itself, which all fibers run and share: not to be seen by the thread sanitizer.
#if defined(__clang__)
#define CUDA_EXECUTOR_UNSEEN __attribute__((no_sanitize("thread"), disable_sanitizer_instrumentation))
#else
#define CUDA_EXECUTOR_UNSEEN __attribute__((no_sanitize("thread")))
#endif

namespace cuda_executor::tsan {
#if defined(CUDA_EXECUTOR_TSAN)
inline constexpr bool on = true;
/// What was before release(p) in one thread is before what follows acquire(p) in another.
CUDA_EXECUTOR_UNSEEN inline void acquire(void* p) { __tsan_acquire(p); }
CUDA_EXECUTOR_UNSEEN inline void release(void* p) { __tsan_release(p); }
CUDA_EXECUTOR_UNSEEN inline void* create_fiber() {
  void* f = __tsan_create_fiber(0);
  __tsan_set_fiber_name(f, "CUDA thread");
  return f;
}
CUDA_EXECUTOR_UNSEEN inline void destroy_fiber(void* f) { __tsan_destroy_fiber(f); }
CUDA_EXECUTOR_UNSEEN inline void* current_fiber() { return __tsan_get_current_fiber(); }
/// The switch alone orders nothing.
CUDA_EXECUTOR_UNSEEN inline void switch_to(void* f) { __tsan_switch_to_fiber(f, __tsan_switch_to_fiber_no_sync); }
/// What the fiber has done was before what this thread does from here on.
CUDA_EXECUTOR_UNSEEN inline void join(void* f) {
  void* self = __tsan_get_current_fiber();
  __tsan_switch_to_fiber(f, __tsan_switch_to_fiber_no_sync);
  __tsan_switch_to_fiber(self, 0);
}
#else
inline constexpr bool on = false;
inline void acquire(void*) {}
inline void release(void*) {}
inline void* create_fiber() { return nullptr; }
inline void destroy_fiber(void*) {}
inline void* current_fiber() { return nullptr; }
inline void switch_to(void*) {}
inline void join(void*) {}
#endif
}  // namespace cuda_executor::tsan

namespace cuda_executor::asan {
#if defined(CUDA_EXECUTOR_ASAN)
inline constexpr bool on = true;
inline void forbid(const void* p, std::size_t bytes) { __asan_poison_memory_region(p, bytes); }
inline void allow(const void* p, std::size_t bytes) { __asan_unpoison_memory_region(p, bytes); }
inline void start_switch(void** kept, const void* stack, std::size_t bytes) {
  __sanitizer_start_switch_fiber(kept, stack, bytes);
}
inline void finish_switch(void* kept, const void** stack_left, std::size_t* bytes_left) {
  __sanitizer_finish_switch_fiber(kept, stack_left, bytes_left);
}
#else
inline constexpr bool on = false;
inline void forbid(const void*, std::size_t) {}
inline void allow(const void*, std::size_t) {}
inline void start_switch(void**, const void*, std::size_t) {}
inline void finish_switch(void*, const void**, std::size_t*) {}
#endif
}  // namespace cuda_executor::asan
