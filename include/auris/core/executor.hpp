#pragma once
#include <auris/core/shape.hpp>

namespace auris {

/// Who runs the blocks of a kernel: the calling thread alone (`serial`) or several (`thread_pool`).
///
/// A kernel cuts its work into blocks whose borders depend on its sizes only, never on the number of workers, and sums
/// partial results in the order of the blocks. So every executor gives the same bits.
class executor {
 public:
  using block_function = void (*)(const void* task, idx block, int worker) noexcept;

  /// Threads that may run blocks at the same time: each gets its own scratch memory.
  virtual int workers() const noexcept = 0;
  /// Calls `function(task, block, worker)` once for each block in [0, blocks), worker in [0, workers()); returns when
  /// all are done.
  virtual void run(idx blocks, block_function function, const void* task) noexcept = 0;

 protected:
  ~executor() = default;
};

/// Runs everything on the calling thread, in order. Never creates a thread.
class serial final : public executor {
 public:
  int workers() const noexcept override { return 1; }
  void run(idx blocks, block_function function, const void* task) noexcept override {
    for (idx b = 0; b < blocks; ++b) function(task, b, 0);
  }
};

inline constinit serial calling_thread{};  ///< the default executor

namespace detail {
// Not inlined: with the function known, compilers would compile the work twice, for one block and for many.
[[gnu::noinline]] inline void run_blocks(executor& e, idx blocks, executor::block_function function,
                                         const void* task) noexcept {
  if (blocks == 1)
    function(task, 0, 0);
  else if (blocks > 1)
    e.run(blocks, function, task);
}
}  // namespace detail

/// Runs `work(block, worker)` for each block in [0, blocks). `work` must not throw.
///
///     int worker_of[3];
///     for_blocks(calling_thread, 3, [&](idx block, int worker) { worker_of[block] = worker; });
template <class Work>
void for_blocks(executor& e, idx blocks, const Work& work) noexcept {
  detail::run_blocks(
      e, blocks,
      [](const void* task, idx block, int worker) noexcept { (*static_cast<const Work*>(task))(block, worker); },
      &work);
}

/// Runs `work(begin, end, worker)` for consecutive ranges of [0, count), each `grain` long but the last.
template <class Work>
void for_ranges(executor& e, idx count, idx grain, const Work& work) noexcept {
  for_blocks(e, (count + grain - 1) / grain, [&](idx block, int worker) {
    const idx begin = block * grain, end = begin + grain < count ? begin + grain : count;
    work(begin, end, worker);
  });
}

}  // namespace auris
