#pragma once
#include <auris/core/arena.hpp>

namespace auris {

/// Arrays of the host for a backend. Where it works in the host's memory they are used as they are; else each call copies
/// them, by way of staging memory, to an arena that stays in place until `reserve` makes it larger.
///
/// A call may follow only when the backend has read what the one before sent.
///
///     uploaded<float, cpu::memory> x;
///     x.reserve(3).value();
///     const float values[3] = {1, 2, 3};
///     const float* p = x(cpu::default_queue(), 3, values);             // for the cpu: values itself
template <class T, class Memory>
class uploaded {
 public:
  result<void> reserve(idx count) {
    if constexpr (Memory::on_host)
      return {};
    else {
      if (auto ok = staged_.reserve(count); !ok) return ok;
      return there_.reserve(count);
    }
  }
  template <class Queue>
  const T* operator()(const Queue& queue, idx count, const T* from) noexcept {
    if constexpr (Memory::on_host)
      return from;
    else {
      if (!from) return nullptr;
      host_memory::download(queue, count, from, staged_.data());
      Memory::upload(queue, count, staged_.data(), there_.data());
      return there_.data();
    }
  }

 private:
  arena<T, typename Memory::staging> staged_;
  arena<T, Memory> there_;
};

/// Arrays of a backend for the host; a call returns when they have arrived.
///
///     downloaded<float, cpu::memory> y;
///     y.reserve(3).value();
///     const float values[3] = {1, 2, 3};
///     const float* p = y(cpu::default_queue(), 3, values);             // for the cpu: values itself
template <class T, class Memory>
class downloaded {
 public:
  result<void> reserve(idx count) {
    if constexpr (Memory::on_host)
      return {};
    else
      return here_.reserve(count);
  }
  template <class Queue>
  const T* operator()(const Queue& queue, idx count, const T* from) noexcept {
    if constexpr (Memory::on_host)
      return from;
    else {
      Memory::download(queue, count, from, here_.data());
      return here_.data();
    }
  }

 private:
  arena<T, typename Memory::staging> here_;
};

}  // namespace auris
