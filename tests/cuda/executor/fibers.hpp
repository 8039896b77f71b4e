// Stacks that one thread of the host switches between: one for each CUDA thread that has begun and not ended.
#pragma once
#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>
#include <utility>

#include "cuda/executor/sanitizers.hpp"

#if !defined(__x86_64__)
#define CUDA_EXECUTOR_UCONTEXT 1
#endif
#if defined(CUDA_EXECUTOR_UCONTEXT)
#include <ucontext.h>
#endif

namespace cuda_executor {

struct fiber {
#if defined(CUDA_EXECUTOR_UCONTEXT)
  ucontext_t registers;
#else
  void* stack_pointer = nullptr;
#endif
  const void* stack = nullptr;  ///< its lowest address
  std::size_t bytes = 0, number = 0;
  void* asan_stack = nullptr;
  void* tsan_fiber = nullptr;
  fiber* next_free = nullptr;
};

/// What a new fiber runs; it never returns.
[[noreturn]] void run_threads();

#if defined(CUDA_EXECUTOR_UCONTEXT)
CUDA_EXECUTOR_UNSEEN inline void switch_stacks(fiber& from, fiber& to) { swapcontext(&from.registers, &to.registers); }
CUDA_EXECUTOR_UNSEEN inline void start_at_top(fiber& f) {
  getcontext(&f.registers);
  f.registers.uc_stack = {const_cast<void*>(f.stack), 0, f.bytes};
  f.registers.uc_link = nullptr;
  makecontext(&f.registers, run_threads, 0);
}
#else
#if defined(__clang__)
#define CUDA_EXECUTOR_BARE __attribute__((naked, noinline))
#else
#define CUDA_EXECUTOR_BARE __attribute__((naked, noipa))
#endif
/// Keeps the registers that a callee has to keep (System V ABI) on the old stack and takes those of the new one.
CUDA_EXECUTOR_BARE inline void switch_stack_pointers(void** /*from: rdi*/, void* /*to: rsi*/) {
  asm volatile(
      "pushq %rbp\n pushq %rbx\n pushq %r12\n pushq %r13\n pushq %r14\n pushq %r15\n"
      "movq %rsp, (%rdi)\n"
      "movq %rsi, %rsp\n"
      "popq %r15\n popq %r14\n popq %r13\n popq %r12\n popq %rbx\n popq %rbp\n"
      "ret\n");
}
CUDA_EXECUTOR_UNSEEN inline void switch_stacks(fiber& from, fiber& to) {
  switch_stack_pointers(&from.stack_pointer, to.stack_pointer);
}
/// The state from which the first switch "returns" into run_threads. Tops differ in their place within a page: else all of
/// them compete for the same lines of the cache.
CUDA_EXECUTOR_UNSEEN inline void start_at_top(fiber& f) {
  const auto end = reinterpret_cast<std::uintptr_t>(f.stack) + f.bytes;
  void** top = reinterpret_cast<void**>((end & ~std::uintptr_t{63}) - f.number * 5 % 61 * 64);
  *--top = nullptr;
  *--top = reinterpret_cast<void*>(&run_threads);
  for (int saved = 0; saved < 6; ++saved) *--top = nullptr;
  f.stack_pointer = top;
}
#endif

inline fiber* fiber_left = nullptr;  ///< where the last switch came from

CUDA_EXECUTOR_UNSEEN inline void after_switch(fiber& arrived) {
  asan::finish_switch(std::exchange(arrived.asan_stack, nullptr), &fiber_left->stack, &fiber_left->bytes);
}
CUDA_EXECUTOR_UNSEEN inline void switch_fibers(fiber& from, fiber& to) {
  tsan::switch_to(to.tsan_fiber);
  asan::start_switch(&from.asan_stack, to.stack, to.bytes);
  fiber_left = &from;
  switch_stacks(from, to);
  after_switch(from);
}

/// Fibers that no thread is on.
class fiber_pool {
 public:
  CUDA_EXECUTOR_UNSEEN fiber* take() {
    if (!free_) return make();
    return std::exchange(free_, free_->next_free);
  }
  CUDA_EXECUTOR_UNSEEN void give(fiber* f) { f->next_free = std::exchange(free_, f); }

  fiber* make() {
    constexpr std::size_t guard = 4096, bytes = 256 * 1024;
    void* p = mmap(nullptr, guard + bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) std::abort();
    mprotect(p, guard, PROT_NONE);  // a kernel whose variables need more faults
    auto* f = new fiber;
    f->stack = static_cast<char*>(p) + guard;
    f->bytes = bytes;
    f->number = count_++;
    start_at_top(*f);
    f->tsan_fiber = tsan::create_fiber();
    return f;
  }
  /// Gives up what a fiber was at; what it did was before what the caller does next.
  void restart(fiber& f) {
    asan::allow(f.stack, f.bytes);
    start_at_top(f);
    tsan::join(f.tsan_fiber);
    tsan::destroy_fiber(f.tsan_fiber);
    f.tsan_fiber = tsan::create_fiber();
    if (!tsan::on) give(&f);
  }

 private:
  fiber* free_ = nullptr;
  std::size_t count_ = 0;
};
inline fiber_pool fibers;

}  // namespace cuda_executor
