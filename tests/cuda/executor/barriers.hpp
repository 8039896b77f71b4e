// Barriers of a block and of blocks that run together; fences.
#pragma once
#include <auris/backend/cuda/device.hpp>

#include "cuda/executor/scheduler.hpp"

namespace cuda_executor {

CUDA_EXECUTOR_UNSEEN inline void release_block(block& b) {
  b.votes = b.counted;
  b.arrived = 0, b.counted = 0, b.waits_for_grid = false;
  ++b.phase;
  for (unsigned w = 0; w * 32 < running.threads; ++w) make_ready(b, w, b.warps[w].alive);
}

CUDA_EXECUTOR_UNSEEN inline unsigned value_of(const unsigned* counter) {
  return __atomic_load_n(counter, __ATOMIC_RELAXED);
}
/// Counts a block at a barrier of the grid and releases the blocks that waited for it.
CUDA_EXECUTOR_UNSEEN inline void count_block(unsigned* counter) {
  __atomic_fetch_add(counter, 1u, __ATOMIC_RELAXED);
  for (unsigned p = 0; p < running.resident; ++p) {
    block& b = *running.blocks[p];
    if (b.waits_for_grid && b.counter == counter && value_of(counter) >= b.counter_round * b.counter_blocks)
      release_block(b);
  }
}
/// All live threads of a block have arrived at a barrier of the grid.
CUDA_EXECUTOR_UNSEEN inline void join_grid(block& b) {
  const cuda_thread& who = *b.first;
  if (!running.together) fail(who, who.where, "grid_barrier in a grid that launch_together has not launched");
  if ((b.warps[0].alive & 1) == 0) fail(who, who.where, "grid_barrier after the block's first thread has returned");
  const unsigned before = value_of(b.counter), end = b.counter_round * b.counter_blocks;
  if (settings.left_out.empty() && (before >= end || end - before > b.counter_blocks))
    fail(who, who.where,
         "grid_barrier: in round %u of %u blocks the counter is %u: it has to be zero at the start, rounds count 1, 2, "
         "3...",
         b.counter_round, b.counter_blocks, before);
  b.waits_for_grid = true;
  count_block(b.counter);
}
CUDA_EXECUTOR_UNSEEN inline void end_arrivals(block& b) {
  if (b.first->wait == waiting::for_block)
    release_block(b);
  else
    join_grid(b);
}

/// The current thread waits for all others of its block that have not returned.
CUDA_EXECUTOR_UNSEEN inline void arrive(waiting kind, const location& here) {
  cuda_thread& t = current_thread();
  block& b = *t.of;
  t.wait = kind;
  t.where = here;
  if (b.arrived == 0)
    b.first = &t;
  else if (!same(b.first->where, here))
    fail(t, here, "divergent barrier: other threads of the block wait at %s:%u", file_of(b.first->where),
         static_cast<unsigned>(b.first->where.line()));
  if (++b.arrived == b.alive) end_arrivals(b);
  give_way();
  t.wait = waiting::for_nothing;
}

/// __syncthreads; gives back for how many threads `vote` was true.
CUDA_EXECUTOR_UNSEEN inline int wait_for_block(bool vote, const location& here) {
  if (left_out(here)) return 0;
  block& b = *current_thread().of;
  b.counted += vote;
  char* order = &b.order_barrier[b.phase % 2];
  tsan::release(order);
  arrive(waiting::for_block, here);
  tsan::acquire(order);
  return b.votes;
}

CUDA_EXECUTOR_UNSEEN inline void wait_for_grid(unsigned* counter, unsigned round, unsigned blocks,
                                               const location& here) {
  cuda_thread& t = current_thread();
  block& b = *t.of;
  if (left_out(here)) {
    if (number_of(t) == 0) count_block(counter);
    return;
  }
  if (b.arrived == 0)
    b.counter = counter, b.counter_round = round, b.counter_blocks = blocks;
  else if (b.first->wait == waiting::for_grid &&
           (b.counter != counter || b.counter_round != round || b.counter_blocks != blocks))
    fail(t, here, "grid_barrier: the threads of the block give different counters, rounds or numbers of blocks");
  char* order = reinterpret_cast<char*>(counter) + round % 4;  // another one than in the two rounds before
  tsan::release(order);
  arrive(waiting::for_grid, here);
  tsan::acquire(order);
}

}  // namespace cuda_executor

inline void __syncthreads(cuda_executor::location here = cuda_executor::location::current()) {
  cuda_executor::wait_for_block(false, here);
}
inline int __syncthreads_count(int vote, cuda_executor::location here = cuda_executor::location::current()) {
  return cuda_executor::wait_for_block(vote != 0, here);
}
inline int __syncthreads_or(int vote, cuda_executor::location here = cuda_executor::location::current()) {
  return cuda_executor::wait_for_block(vote != 0, here) != 0;
}
inline int __syncthreads_and(int vote, cuda_executor::location here = cuda_executor::location::current()) {
  return cuda_executor::wait_for_block(vote == 0, here) == 0;
}

CUDA_EXECUTOR_UNSEEN inline void __threadfence() {
  cuda_executor::tsan::acquire(&cuda_executor::running.order_fence);
  cuda_executor::tsan::release(&cuda_executor::running.order_fence);
}
inline void __threadfence_block() { __threadfence(); }

namespace auris::detail::gpu {

inline void grid_barrier(unsigned* counter, unsigned round, unsigned blocks,
                         cuda_executor::location here = cuda_executor::location::current()) {
  cuda_executor::wait_for_grid(counter, round, blocks, here);
}

}  // namespace auris::detail::gpu
