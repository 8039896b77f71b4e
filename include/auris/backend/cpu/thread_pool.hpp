#pragma once
#include <atomic>
#include <auris/core/executor.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>
#if defined(__linux__)
#include <pthread.h>
#include <sched.h>
#endif

namespace auris {

/// Whether the threads of a pool may move from one processor to another.
enum class thread_placement {
  free,
  pinned,  ///< each of the pool's own threads stays on one that this process may use, if it is on Linux
};

/// Runs the blocks of kernels on several threads: the one that calls, and `threads - 1` of its own.
///
/// Threads take the next block as soon as they are free; idle ones look for work for a tenth of a millisecond, then sleep:
/// from one kernel of a network to the next they stay awake. `run` allocates nothing. It may be called from several threads
/// at once: one call after the other is served. Called from inside of a block it runs its blocks on that thread. threads
/// below 1 count as 1. Pinned threads leave the first processor to the one that calls. The constructor throws
/// `std::system_error` where the system gives no thread.
///
///     thread_pool pool(2);
///     double root[100];
///     for_blocks(pool, 100, [&](idx block, int) { root[block] = __builtin_sqrt(static_cast<double>(block)); });
class thread_pool final : public executor {
 public:
  explicit thread_pool(int threads, thread_placement placement = thread_placement::free) {
    try {
      for (int worker = 1; worker < threads; ++worker) {
        threads_.emplace_back([this, worker] { serve(worker); });
        if (placement == thread_placement::pinned) pin(threads_.back(), worker);
      }
    } catch (...) {
      stop();
      throw;
    }
  }
  ~thread_pool() { stop(); }
  thread_pool(const thread_pool&) = delete;
  thread_pool& operator=(const thread_pool&) = delete;

  int workers() const noexcept override { return static_cast<int>(threads_.size()) + 1; }

  void run(idx blocks, block_function function, const void* task) noexcept override {
    if (blocks <= 1 || blocks >= static_cast<idx>(closed) || threads_.empty() || inside_a_block()) {
      for (idx b = 0; b < blocks; ++b) function(task, b, 0);
      return;
    }
    const std::lock_guard one_call(calls_);
    open({function, task, static_cast<std::uint32_t>(blocks)});
    work(0);
    wait_until_done(static_cast<std::uint32_t>(blocks));
  }

 private:
  struct job {
    block_function function;
    const void* task;
    std::uint32_t blocks;
  };

  // The number of the job and its next block in one word: whoever moves the block on by one has it, and knows that the
  // job it read is still the current one.
  static constexpr std::uint32_t closed = 0xFFFFFFFF;
  static constexpr std::uint64_t word(std::uint32_t job, std::uint32_t block) {
    return static_cast<std::uint64_t>(job) << 32 | block;
  }

  /// How long a thread looks for something before it sleeps. A pause takes 10 to 150 cycles, so time is what counts.
  class patience {
   public:
    bool lasts() noexcept {
      for (int i = 0; i < 32; ++i) pause();
      return clock::now() < end_;
    }

   private:
    using clock = std::chrono::steady_clock;
    clock::time_point end_ = clock::now() + std::chrono::microseconds(100);
  };

  static bool& inside_a_block() noexcept {
    thread_local bool inside = false;
    return inside;
  }
  static void pause() noexcept {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
  }

  void open(const job& j) noexcept {
    const std::uint32_t number = static_cast<std::uint32_t>(next_.load() >> 32) + 1;
    next_.store(word(number, closed));
    done_.store(0);
    function_.store(j.function);
    task_.store(j.task);
    blocks_.store(j.blocks);
    next_.store(word(number, 0));
    if (sleeping_.load() > 0) {
      { const std::lock_guard lock(sleep_); }
      wake_.notify_all();
    }
  }

  /// Runs blocks until none is left; whether there was one.
  bool work(int worker) noexcept {
    bool any = false;
    for (;;) {
      std::uint64_t now = next_.load();
      const job j{function_.load(), task_.load(), blocks_.load()};
      const auto block = static_cast<std::uint32_t>(now);
      if (block >= j.blocks) return any;
      if (!next_.compare_exchange_weak(now, now + 1)) continue;
      any = true;
      inside_a_block() = true;
      j.function(j.task, static_cast<idx>(block), worker);
      inside_a_block() = false;
      if (done_.fetch_add(1) + 1 == j.blocks && waiting_.load()) {
        { const std::lock_guard lock(sleep_); }
        finished_.notify_one();
      }
    }
  }

  bool something_to_do() const noexcept { return static_cast<std::uint32_t>(next_.load()) < blocks_.load(); }

  void serve(int worker) noexcept {
    while (!stopping_.load()) {
      if (work(worker)) continue;
      patience p;
      while (!stopping_.load() && !something_to_do() && p.lasts()) {}
      if (stopping_.load() || something_to_do()) continue;
      std::unique_lock lock(sleep_);
      sleeping_.fetch_add(1);
      wake_.wait(lock, [this] { return stopping_.load() || something_to_do(); });
      sleeping_.fetch_sub(1);
    }
  }

  void wait_until_done(std::uint32_t blocks) noexcept {
    patience p;
    do {
      if (done_.load() == blocks) return;
    } while (p.lasts());
    std::unique_lock lock(sleep_);
    waiting_.store(true);
    finished_.wait(lock, [&] { return done_.load() == blocks; });
    waiting_.store(false);
  }

  /// Not more than a wish: where the system refuses, the thread is free.
  static void pin([[maybe_unused]] std::thread& thread, [[maybe_unused]] int worker) noexcept {
#if defined(__linux__)
    cpu_set_t allowed, one;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return;
    int left = worker % CPU_COUNT(&allowed);
    for (int processor = 0; processor < CPU_SETSIZE; ++processor)
      if (CPU_ISSET(processor, &allowed) && left-- == 0) {
        CPU_ZERO(&one);
        CPU_SET(processor, &one);
        pthread_setaffinity_np(thread.native_handle(), sizeof one, &one);
        return;
      }
#endif
  }

  void stop() noexcept {
    stopping_.store(true);
    { const std::lock_guard lock(sleep_); }
    wake_.notify_all();
    for (std::thread& t : threads_) t.join();
  }

  // What is written for each block stands apart from what threads read of a job.
  alignas(64) std::atomic<std::uint64_t> next_{word(0, closed)};
  alignas(64) std::atomic<block_function> function_{nullptr};
  std::atomic<const void*> task_{nullptr};
  std::atomic<std::uint32_t> blocks_{0};
  alignas(64) std::atomic<std::uint32_t> done_{0};
  alignas(64) std::atomic<int> sleeping_{0};
  std::atomic<bool> waiting_{false}, stopping_{false};
  std::mutex calls_, sleep_;
  std::condition_variable wake_, finished_;
  std::vector<std::thread> threads_;
};

}  // namespace auris
