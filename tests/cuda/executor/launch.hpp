// Launches: auris::detail::gpu as nvcc has it, and how a grid runs from its first block to its last.
#pragma once
#include <auris/backend/cuda/device.hpp>
#include <numeric>
#include <type_traits>
#include <utility>

#include "cuda/executor/barriers.hpp"
#include "cuda/executor/device_memory.hpp"
#include "cuda/executor/shared_memory.hpp"
#include "cuda/executor/warp.hpp"

namespace cuda_executor {

CUDA_EXECUTOR_UNSEEN inline void begin_thread() {
  tsan::acquire(&running.order_start);
  tsan::acquire(&current_thread().of->order_reuse);
}
/// Those who wait for this thread now wait for one less.
CUDA_EXECUTOR_UNSEEN inline void end_thread() {
  tsan::release(&running.order_end);
  cuda_thread& t = current_thread();
  block& b = *t.of;
  tsan::release(&b.order_reuse);
  const unsigned w = number_of(t) / 32;
  warp& lanes = b.warps[w];
  lanes.alive &= ~(1u << number_of(t) % 32);
  if (--b.alive == 0) --running.alive_blocks;
  for (std::uint32_t rest = lanes.waiting; rest != 0; rest &= rest - 1)
    if ((lanes.waiting & rest & -rest) != 0)
      try_collective(b, w, b.threads[w * 32 + static_cast<unsigned>(std::countr_zero(rest))].mask);
  if (b.alive > 0 && b.arrived == b.alive && !b.waits_for_grid) end_arrivals(b);
}

[[noreturn]] CUDA_EXECUTOR_UNSEEN inline void run_threads() {
  after_switch(*running.current->on);
  for (;;) {
    begin_thread();
    running.body(running.closure);
    end_thread();
    fiber& self = *running.current->on;
    cuda_thread* next = next_thread();
    if (!tsan::on && next && !next->on) {  // threads that never wait all run on one fiber
      next->on = &self;
      set_current(next);
      continue;
    }
    if (!tsan::on) fibers.give(&self);
    if (!next) {
      switch_fibers(self, running.host);
      continue;
    }
    fiber& to = fiber_of(*next);
    set_current(next);
    switch_fibers(self, to);
  }
}

struct launch_shape {
  dim3 grid, block;
  std::size_t dynamic;
  bool together;

  std::uint64_t blocks() const { return std::uint64_t{grid.x} * grid.y * grid.z; }
  std::uint64_t threads() const { return std::uint64_t{block.x} * block.y * block.z; }
  /// Why no device takes it; null where it does.
  const char* problem() const {
    if (threads() == 0 || threads() > most_threads || block.z > 64) return "a block has 1 to 1024 threads, 64 along z";
    if (grid.x > 0x7fffffffu || grid.y > 65535 || grid.z > 65535) return "more blocks than a grid can have";
    if (dynamic > settings.shared) return "more dynamic shared memory than a block can have";
    if (together && blocks() > settings.resident_blocks) return "more blocks than the device holds at the same time";
    return nullptr;
  }
  uint3 index(std::uint64_t number) const {
    return {static_cast<unsigned>(number % grid.x), static_cast<unsigned>(number / grid.x % grid.y),
            static_cast<unsigned>(number / (std::uint64_t{grid.x} * grid.y))};
  }
};

inline void prepare_block(unsigned place, const dim3& size) {
  if (!running.blocks[place]) running.blocks[place] = new block;
  block& b = *running.blocks[place];
  b.place = place;
  prepare_shared(b);
  for (unsigned i = 0; i < running.threads; ++i) {
    cuda_thread& t = b.threads[i];
    t.of = &b;
    t.index = {i % size.x, i / size.x % size.y, i / (size.x * size.y)};
    if (tsan::on && !t.for_good)
      t.for_good = fibers.make();  // by the host: a fiber begins with what its maker has seen
  }
}
CUDA_EXECUTOR_UNSEEN inline void begin_block(block& b, uint3 index) {
  b.index = index;
  b.alive = running.threads;
  b.arrived = 0, b.phase = 0, b.counted = 0, b.ready_warps = 0, b.waits_for_grid = false;
  for (unsigned i = 0; i < running.threads; ++i) b.threads[i].on = nullptr, b.threads[i].wait = waiting::for_nothing;
  spoil_shared(b);
  ++running.alive_blocks;
  for (unsigned w = 0; w * 32 < running.threads; ++w) {
    const unsigned lanes = std::min(32u, running.threads - w * 32);
    b.warps[w].alive = ~0u >> (32 - lanes);
    b.warps[w].ready = b.warps[w].waiting = 0;
    make_ready(b, w, b.warps[w].alive);
  }
}
/// After a failure: leaves threads that have begun and not ended where they are, and the one that failed.
inline void abandon_threads() {
  for (unsigned p = 0; p < running.resident; ++p)
    for (unsigned i = 0; i < running.threads; ++i) {
      block& b = *running.blocks[p];
      cuda_thread& t = b.threads[i];
      const bool ended = (b.warps[i / 32].alive >> i % 32 & 1) == 0 && &t != running.current;
      if (t.on && !ended) fibers.restart(*std::exchange(t.on, nullptr));
    }
}
/// Runs the blocks that have begun to their end.
CUDA_EXECUTOR_UNSEEN inline void run_blocks() {
  cuda_thread* first = next_thread();
  fiber& to = fiber_of(*first);
  set_current(first);
  switch_fibers(running.host, to);
  if (running.failed) abandon_threads();
  running.current = nullptr;
}

/// Which block comes at which time: a permutation of [0, count).
class block_order {
 public:
  explicit block_order(std::uint64_t count) : count_(count) {
    if (settings.order != order::random || count <= 2) return;
    start_ = random_number() % count;
    for (step_ = random_number() % count | 1; std::gcd(step_, count) != 1;) ++step_;
  }
  std::uint64_t operator[](std::uint64_t i) const {
    return settings.order == order::reverse ? count_ - 1 - i : (start_ + i * (step_ % count_)) % count_;
  }

 private:
  std::uint64_t count_, start_ = 0, step_ = 1;
};

/// Runs a grid of body(closure) to its end. Blocks that run one after another take two places in turn: so the thread
/// sanitizer sees no order between neighbours.
inline void run_grid(const launch_shape& s, void (*body)(const void*), const void* closure) {
  running.body = body, running.closure = closure;
  running.threads = static_cast<unsigned>(s.threads());
  running.resident = s.together ? static_cast<unsigned>(s.blocks()) : 2;
  running.together = s.together;
  running.alive_blocks = 0, running.ready_blocks = 0, running.failed = false;
  running.random = settings.seed * 0x9e3779b97f4a7c15u | 1;
  ++running.number;
  shared.count = 0, shared.end = 0, shared.bytes = 0, shared.dynamic = s.dynamic;
  gridDim = s.grid, blockDim = s.block;
  for (unsigned p = 0; p < running.resident; ++p) prepare_block(p, s.block);

  running.host.tsan_fiber = tsan::current_fiber();
  tsan::release(&running.order_start);
  if (s.together) {
    for (unsigned p = 0; p < running.resident; ++p) begin_block(*running.blocks[p], s.index(p));
    run_blocks();
  } else {
    const block_order order(s.blocks());
    for (std::uint64_t i = 0; i < s.blocks() && !running.failed; ++i) {
      begin_block(*running.blocks[i % 2], s.index(order[i]));
      run_blocks();
    }
  }
  tsan::acquire(&running.order_end);
}

/// Whether the device may use a parameter: unless it is a pointer to memory of the host.
template <class P>
bool usable(const P& p) {
  if constexpr (std::is_pointer_v<P>)
    return memory.holds(p);
  else
    return true;
}

template <class... P>
void launch(const char* operation, cuda_stream stream, const launch_shape& s, void (*kernel)(P...),
            const std::type_identity_t<P>&... p) {
  static_assert((std::is_trivially_copyable_v<P> && ...) && (sizeof(P) + ... + 0) <= 4096,
                "copied as bytes, 4 KB in all");
  using auris::cuda_device;
  if (s.blocks() == 0) return;
  const std::lock_guard lock(one_at_a_time);
  if (running.current) return cuda_device<>::keep(operation, "a launch by a kernel");
  if (const char* problem = s.problem()) return cuda_device<>::keep(operation, problem);
  if (!(usable(p) && ...)) return cuda_device<>::keep(operation, "an argument points to memory of the host");
  queue(operation, stream, [=] {
    const device_memory::access open(memory);
    const auto thread = [&] { kernel(p...); };
    run_grid(
        s, [](const void* f) { (*static_cast<decltype(thread)*>(f))(); }, &thread);
    if (running.failed) cuda_device<>::keep(operation, running.failure);
  });
}

}  // namespace cuda_executor

namespace auris::detail::gpu {

struct launch_options {
  const char* operation;
  dim3 grid, block;
  cuda_stream stream;
  std::size_t shared = 0;
};

template <class... P, class... A>
void launch(const launch_options& o, void (*kernel)(P...), const A&... a) noexcept {
  static_assert(sizeof...(P) == sizeof...(A));
  cuda_executor::launch(o.operation, o.stream, {o.grid, o.block, o.shared, false}, kernel, static_cast<P>(a)...);
}
template <class... P, class... A>
void launch_together(const launch_options& o, void (*kernel)(P...), const A&... a) noexcept {
  static_assert(sizeof...(P) == sizeof...(A));
  cuda_executor::launch(o.operation, o.stream, {o.grid, o.block, o.shared, true}, kernel, static_cast<P>(a)...);
}
template <class... P>
int resident_blocks(void (*)(P...), int threads, std::size_t shared) noexcept {
  const cuda_executor::launch_shape s{1, static_cast<unsigned>(threads), shared, false};
  return s.problem() ? 0 : static_cast<int>(cuda_executor::settings.resident_blocks);
}

}  // namespace auris::detail::gpu
