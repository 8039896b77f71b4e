// Shared memory: NaN at the start of a block. Under the address sanitizer a gap follows each variable.
#pragma once
#include <cstdlib>
#include <cstring>
#include <type_traits>

#include "cuda/executor/scheduler.hpp"

namespace cuda_executor {

inline constexpr std::size_t without_request = 48 * 1024;  ///< what a launch gets that asks for no more

/// Where the static variables of the running kernel lie in each block, and the size of the dynamic part.
struct shared_layout {
  static constexpr std::size_t alignment = 128, arena = 128 * 1024;
  static constexpr unsigned most_variables = 64;
  struct variable {
    std::size_t offset, bytes;
  } variables[most_variables];
  unsigned count = 0;
  std::size_t end = 0, bytes = 0, dynamic = 0;
};
inline shared_layout shared;

/// A variable of a kernel: its place holds for one launch.
struct shared_site {
  unsigned launch = 0;
  std::size_t offset = 0;
};

CUDA_EXECUTOR_UNSEEN inline void spoil(char* p, std::size_t bytes) {
  if (!tsan::on)
    std::memset(p, 0xff, bytes);
  else  // which would see memset
    for (volatile char* c = p; bytes > 0; --bytes, ++c) *c = static_cast<char>(0xff);
}
CUDA_EXECUTOR_UNSEEN inline void spoil_shared(block& b) {
  for (unsigned i = 0; i < shared.count; ++i)
    spoil(b.static_shared + shared.variables[i].offset, shared.variables[i].bytes);
  spoil(b.dynamic_shared, shared.dynamic);
}
/// For a launch: no variables yet, and so much dynamic memory.
inline void prepare_shared(block& b) {
  if (!b.static_shared) {
    b.static_shared = static_cast<char*>(std::aligned_alloc(shared_layout::alignment, shared_layout::arena));
    b.dynamic_shared = static_cast<char*>(std::aligned_alloc(shared_layout::alignment, settings.shared));
    if (!b.static_shared || !b.dynamic_shared) std::abort();
  }
  asan::forbid(b.static_shared, shared_layout::arena);
  asan::forbid(b.dynamic_shared, settings.shared);
  asan::allow(b.dynamic_shared, shared.dynamic);
}

CUDA_EXECUTOR_UNSEEN inline void place_variable(shared_site& s, std::size_t bytes, const location& here) {
  constexpr std::size_t a = shared_layout::alignment, gap = 32;
  const std::size_t limit = shared.dynamic > without_request ? settings.shared : without_request;
  const std::size_t offset = (shared.end + a - 1) / a * a;
  shared.bytes += bytes;
  if (shared.bytes + shared.dynamic > limit)
    fail(current_thread(), here, "%zu bytes of shared memory, %zu of them dynamic, where the block gets %zu",
         shared.bytes + shared.dynamic, shared.dynamic, limit);
  if (shared.count == shared_layout::most_variables || offset + bytes > shared_layout::arena)
    fail(current_thread(), here, "more shared variables than the executor holds");
  shared.variables[shared.count++] = {offset, bytes};
  shared.end = offset + bytes + gap;
  s = {running.number, offset};
  for (unsigned p = 0; p < running.resident; ++p) {
    asan::allow(running.blocks[p]->static_shared + offset, bytes);
    spoil(running.blocks[p]->static_shared + offset, bytes);
  }
}
template <class T>
CUDA_EXECUTOR_UNSEEN T& shared_variable(shared_site& s, const location& here) {
  static_assert(std::is_trivially_default_constructible_v<T> && alignof(T) <= shared_layout::alignment);
  if (s.launch != running.number) place_variable(s, sizeof(T), here);
  return *reinterpret_cast<T*>(current_thread().of->static_shared + s.offset);
}
template <class T>
CUDA_EXECUTOR_UNSEEN T* dynamic_shared() {
  return reinterpret_cast<T*>(current_thread().of->dynamic_shared);
}

}  // namespace cuda_executor

#define AURIS_SHARED(name, ...)                                                           \
  auto& name = [](cuda_executor::location here) -> std::type_identity_t<__VA_ARGS__>& {   \
    static cuda_executor::shared_site site;                                               \
    return cuda_executor::shared_variable<std::type_identity_t<__VA_ARGS__>>(site, here); \
  }(cuda_executor::location::current())
#define AURIS_DYNAMIC_SHARED(name, T) T* const name = cuda_executor::dynamic_shared<T>()
