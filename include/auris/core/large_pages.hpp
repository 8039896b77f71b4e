#pragma once
#include <cstddef>
#include <cstdint>
#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace auris::detail {

/// Asks for pages of 2 MB where whole ones lie within a block of memory: walks over large arrays then miss fewer addresses. Where the
/// system has none, or no such call, everything stays as it is.
inline void ask_for_large_pages([[maybe_unused]] void* p, [[maybe_unused]] std::size_t bytes) noexcept {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  constexpr std::size_t page = std::size_t{1} << 21;
  const std::size_t before = (page - reinterpret_cast<std::uintptr_t>(p) % page) % page;
  if (bytes < before + page) return;
  ::madvise(static_cast<char*>(p) + before, (bytes - before) / page * page, MADV_HUGEPAGE);
#endif
}

}  // namespace auris::detail
