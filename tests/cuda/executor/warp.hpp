// What the lanes of a warp do together: __syncwarp, shuffles, votes.
#pragma once
#include <cstring>
#include <type_traits>

#include "cuda/executor/scheduler.hpp"

namespace cuda_executor {

inline constexpr std::uint64_t poison = ~std::uint64_t{0};  ///< NaN, read from a lane that gave nothing

/// Ends the collective of these lanes once all of them that have not returned wait in it.
CUDA_EXECUTOR_UNSEEN inline bool try_collective(block& b, unsigned w, std::uint32_t mask) {
  warp& lanes = b.warps[w];
  cuda_thread* of = b.threads + w * 32;
  const std::uint32_t members = mask & lanes.alive;
  if (members == 0 || (lanes.waiting & members) != members) return false;

  cuda_thread& first = of[std::countr_zero(members)];
  std::uint64_t votes = 0;
  for (std::uint32_t rest = members; rest != 0; rest &= rest - 1) {
    const cuda_thread& t = of[std::countr_zero(rest)];
    if (t.mask != mask || t.wait != first.wait || !same(t.where, first.where))
      fail(t, t.where, "lanes of a warp disagree: lane %d is at %s:%u with mask %08x, this one has %08x",
           std::countr_zero(members), file_of(first.where), static_cast<unsigned>(first.where.line()),
           static_cast<unsigned>(first.mask), static_cast<unsigned>(t.mask));
    if (t.value != 0) votes |= rest & -rest;
  }
  const unsigned round = ++lanes.round % 64;
  if (first.wait == waiting::for_warp) {
    for (std::uint32_t rest = members; rest != 0; rest &= rest - 1)
      tsan::acquire(&of[std::countr_zero(rest)].order_arrival);
    tsan::release(&lanes.order_round[round]);
  }
  for (std::uint32_t rest = members; rest != 0; rest &= rest - 1) {
    cuda_thread& t = of[std::countr_zero(rest)];
    t.round = round;
    if (t.wait == waiting::for_vote)
      t.result = votes;
    else
      t.result = (members >> t.source & 1) != 0 ? of[t.source].value : poison;
  }
  for (std::uint32_t rest = members; rest != 0; rest &= rest - 1)
    of[std::countr_zero(rest)].wait = waiting::for_nothing;
  lanes.waiting &= ~members;
  make_ready(b, w, members);
  return true;
}

/// The current thread gives a value and gets the source lane's, or the votes of all.
CUDA_EXECUTOR_UNSEEN inline std::uint64_t collective(waiting kind, std::uint32_t mask, int source, std::uint64_t value,
                                                     const location& here) {
  cuda_thread& t = current_thread();
  block& b = *t.of;
  const unsigned w = number_of(t) / 32, lane = number_of(t) % 32;
  if ((mask >> lane & 1) == 0)
    fail(t, here, "the mask %08x of a warp lacks the calling lane", static_cast<unsigned>(mask));
  t.wait = kind, t.where = here, t.mask = mask, t.source = source, t.value = value;
  b.warps[w].waiting |= 1u << lane;
  if (kind == waiting::for_warp) tsan::release(&t.order_arrival);
  if (try_collective(b, w, mask))
    not_ready(b, w, lane);  // the last one simply goes on
  else
    give_way();
  if (kind == waiting::for_warp) tsan::acquire(&b.warps[w].order_round[t.round]);
  return t.result;
}

/// A shuffle: `source(lane, first, end)` says whose value a lane wants, of its segment [first, end).
template <class T, class Source>
CUDA_EXECUTOR_UNSEEN T shuffle(std::uint32_t mask, T value, int width, const location& here, const Source& source) {
  static_assert(std::is_trivially_copyable_v<T> && (sizeof(T) == 4 || sizeof(T) == 8), "as CUDA's shuffles");
  if (width < 1 || width > 32 || (width & (width - 1)) != 0)
    fail(current_thread(), here, "the width %d of a shuffle is not a power of two up to 32", width);
  const int lane = current_lane(), first = lane & ~(width - 1);
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof value);
  bits = collective(waiting::for_shuffle, mask, source(lane, first, first + width), bits, here);
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

}  // namespace cuda_executor

inline void __syncwarp(unsigned mask = ~0u, cuda_executor::location here = cuda_executor::location::current()) {
  if (!cuda_executor::left_out(here))
    cuda_executor::collective(cuda_executor::waiting::for_warp, mask, cuda_executor::current_lane(), 0, here);
}
template <class T>
T __shfl_sync(unsigned mask, T value, int source, int width = 32,
              cuda_executor::location here = cuda_executor::location::current()) {
  return cuda_executor::shuffle(mask, value, width, here,
                                [=](int, int first, int end) { return first + (source & (end - first - 1)); });
}
template <class T>
T __shfl_up_sync(unsigned mask, T value, unsigned by, int width = 32,
                 cuda_executor::location here = cuda_executor::location::current()) {
  return cuda_executor::shuffle(mask, value, width, here, [=](int lane, int first, int) {
    return lane - static_cast<int>(by) >= first ? lane - static_cast<int>(by) : lane;
  });
}
template <class T>
T __shfl_down_sync(unsigned mask, T value, unsigned by, int width = 32,
                   cuda_executor::location here = cuda_executor::location::current()) {
  return cuda_executor::shuffle(mask, value, width, here, [=](int lane, int, int end) {
    return lane + static_cast<int>(by) < end ? lane + static_cast<int>(by) : lane;
  });
}
/// Lanes may read earlier segments, not later ones.
template <class T>
T __shfl_xor_sync(unsigned mask, T value, int by, int width = 32,
                  cuda_executor::location here = cuda_executor::location::current()) {
  return cuda_executor::shuffle(mask, value, width, here,
                                [=](int lane, int, int end) { return (lane ^ by) < end ? lane ^ by : lane; });
}
inline unsigned __ballot_sync(unsigned mask, int vote,
                              cuda_executor::location here = cuda_executor::location::current()) {
  return static_cast<unsigned>(cuda_executor::collective(cuda_executor::waiting::for_vote, mask, 0, vote != 0, here));
}
inline int __any_sync(unsigned mask, int vote, cuda_executor::location here = cuda_executor::location::current()) {
  return __ballot_sync(mask, vote, here) != 0;
}
inline int __all_sync(unsigned mask, int vote, cuda_executor::location here = cuda_executor::location::current()) {
  return __ballot_sync(mask, vote == 0, here) == 0;
}
