// The running grid: its blocks, warps and threads, who of them goes on next, and how a failure ends it.
#pragma once
#include <algorithm>
#include <bit>
#include <cstdarg>
#include <cstdint>
#include <cstdio>

#include "cuda/executor/fibers.hpp"
#include "cuda/executor/settings.hpp"
#include "cuda/executor/vocabulary.hpp"

namespace cuda_executor {

inline constexpr unsigned most_threads = 1024, most_resident = 32;

/// What a thread waits for.
enum class waiting : std::uint8_t { for_nothing, for_shuffle, for_vote, for_warp, for_block, for_grid };

struct block;

struct cuda_thread {
  fiber* on = nullptr;        ///< null before it begins
  fiber* for_good = nullptr;  ///< under the thread sanitizer each thread has its own
  block* of = nullptr;
  uint3 index{};
  waiting wait = waiting::for_nothing;
  location where{};
  // A collective of the warp: what this lane says, whose value it wants, and what it gets.
  std::uint32_t mask = 0;
  int source = 0;
  std::uint64_t value = 0, result = 0;
  unsigned round = 0;
  char order_arrival = 0;  // an address for the thread sanitizer, as all that begin with "order"
};

struct warp {
  std::uint32_t alive = 0, ready = 0, waiting = 0;  ///< one bit for each lane; waiting: in a collective
  unsigned round = 0;
  char order_round[64] = {};
};

/// One block on the device; a new block takes the place of one that has ended.
struct block {
  unsigned place = 0;
  uint3 index{};
  cuda_thread threads[most_threads];
  warp warps[most_threads / 32];
  std::uint32_t ready_warps = 0;
  unsigned alive = 0;

  // The barrier that its threads gather at.
  unsigned arrived = 0, phase = 0;
  int votes = 0, counted = 0;  ///< of the last barrier; of this one so far
  cuda_thread* first = nullptr;
  unsigned* counter = nullptr;  ///< of the grid's barrier
  unsigned counter_round = 0, counter_blocks = 0;
  bool waits_for_grid = false;
  char order_barrier[2] = {}, order_reuse = 0;

  char* static_shared = nullptr;
  char* dynamic_shared = nullptr;
};

struct grid {
  block* blocks[most_resident] = {};
  unsigned resident = 0, threads = 0, alive_blocks = 0, number = 0;
  bool together = false;
  std::uint32_t ready_blocks = 0;
  std::uint64_t random = 1;
  cuda_thread* current = nullptr;
  fiber host;
  void (*body)(const void*) = nullptr;
  const void* closure = nullptr;
  bool failed = false;
  char failure[512] = {};
  char order_start = 0, order_end = 0, order_fence = 0;
};
inline grid running;

/// Ends the whole grid from within one of its threads, with what `who` did wrong at a place. Nothing is unwound.
[[noreturn, gnu::format(printf, 3, 4)]] CUDA_EXECUTOR_UNSEEN inline void fail(const cuda_thread& who,
                                                                              const location& at, const char* format,
                                                                              ...) {
  char what[300];
  std::va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(what, sizeof what, format, arguments);
  va_end(arguments);
  const uint3 b = who.of->index, t = who.index;
  std::snprintf(running.failure, sizeof running.failure, "%s:%u: %s [block %u,%u,%u thread %u,%u,%u]", file_of(at),
                static_cast<unsigned>(at.line()), what, b.x, b.y, b.z, t.x, t.y, t.z);
  running.failed = true;
  switch_fibers(*running.current->on, running.host);
  std::abort();  // an abandoned fiber is never resumed
}

[[noreturn]] CUDA_EXECUTOR_UNSEEN inline void fail_of_deadlock() {
  const cuda_thread *one = nullptr, *other = nullptr;
  for (unsigned p = 0; p < running.resident; ++p)
    for (unsigned i = 0; i < running.threads; ++i) {
      const cuda_thread& t = running.blocks[p]->threads[i];
      if (t.wait == waiting::for_nothing) continue;
      if (!one)
        one = &t;
      else if (!other && !same(t.where, one->where))
        other = &t;
    }
  if (!other) fail(*one, one->where, "deadlock: others that this thread waits for never come here");
  fail(*one, one->where, "deadlock: this thread waits here, thread %u,%u,%u of block %u,%u,%u at %s:%u", other->index.x,
       other->index.y, other->index.z, other->of->index.x, other->of->index.y, other->of->index.z,
       file_of(other->where), static_cast<unsigned>(other->where.line()));
}

CUDA_EXECUTOR_UNSEEN inline std::uint64_t random_number() {
  running.random ^= running.random << 13;
  running.random ^= running.random >> 7;
  return running.random ^= running.random << 17;
}
/// One of the bits that are set.
CUDA_EXECUTOR_UNSEEN inline unsigned choose(std::uint32_t bits) {
  if (settings.order == order::forward) return static_cast<unsigned>(std::countr_zero(bits));
  if (settings.order == order::reverse) return 31u - static_cast<unsigned>(std::countl_zero(bits));
  const int by = static_cast<int>(random_number() & 31);
  return static_cast<unsigned>(std::countr_zero(std::rotr(bits, by)) + by) & 31u;
}

CUDA_EXECUTOR_UNSEEN inline void make_ready(block& b, unsigned w, std::uint32_t lanes) {
  if (lanes == 0) return;
  b.warps[w].ready |= lanes;
  b.ready_warps |= 1u << w;
  running.ready_blocks |= 1u << b.place;
}
CUDA_EXECUTOR_UNSEEN inline void not_ready(block& b, unsigned w, unsigned lane) {
  if ((b.warps[w].ready &= ~(1u << lane)) != 0) return;
  if ((b.ready_warps &= ~(1u << w)) != 0) return;
  running.ready_blocks &= ~(1u << b.place);
}
/// Who goes on next; null where all have ended.
CUDA_EXECUTOR_UNSEEN inline cuda_thread* next_thread() {
  if (running.ready_blocks == 0) {
    if (running.alive_blocks > 0) fail_of_deadlock();
    return nullptr;
  }
  block& b = *running.blocks[choose(running.ready_blocks)];
  const unsigned w = choose(b.ready_warps), lane = choose(b.warps[w].ready);
  not_ready(b, w, lane);
  return &b.threads[w * 32 + lane];
}
CUDA_EXECUTOR_UNSEEN inline void set_current(cuda_thread* t) {
  running.current = t;
  threadIdx = t->index;
  blockIdx = t->of->index;
}
CUDA_EXECUTOR_UNSEEN inline fiber& fiber_of(cuda_thread& t) {
  if (!t.on) t.on = tsan::on ? t.for_good : fibers.take();
  return *t.on;
}
/// Lets others go on until the current thread is ready again.
CUDA_EXECUTOR_UNSEEN inline void give_way() {
  cuda_thread *self = running.current, *next = next_thread();
  if (next == self) return;
  fiber& to = fiber_of(*next);
  set_current(next);
  switch_fibers(*self->on, to);
}

CUDA_EXECUTOR_UNSEEN inline cuda_thread& current_thread() { return *running.current; }
CUDA_EXECUTOR_UNSEEN inline unsigned number_of(const cuda_thread& t) {
  return static_cast<unsigned>(&t - t.of->threads);
}
CUDA_EXECUTOR_UNSEEN inline int current_lane() { return static_cast<int>(number_of(current_thread()) % 32); }

}  // namespace cuda_executor
