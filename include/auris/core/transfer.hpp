#pragma once
#include <auris/core/arena.hpp>
#include <type_traits>

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
  /// Whether calls of this size need no more memory.
  bool holds(idx count) const noexcept { return Memory::on_host || there_.size() >= count; }
  template <class Queue>
  const T* operator()(const Queue& queue, idx count, const T* from) noexcept {
    if constexpr (Memory::on_host)
      return from;
    else {
      if (!from) return nullptr;
      stage(count, from);
      return send(queue, count);
    }
  }
  /// The two halves of a call where values are copied: on the host, and to the backend.
  void stage(idx count, const T* from) noexcept { host_memory::download(nullptr, count, from, staged_.data()); }
  void stage(idx count, const T& each) noexcept {
    for (idx i = 0; i < count; ++i) staged_.data()[i] = each;
  }
  template <class Queue>
  const T* send(const Queue& queue, idx count) noexcept {
    Memory::upload(queue, count, staged_.data(), there_.data());
    return there_.data();
  }
  const T* there() const noexcept { return there_.data(); }  ///< where `send` puts them

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
    fetch(queue, count, from);
    return arrived(queue);
  }
  /// The two halves of a call: it is queued; it is waited for.
  template <class Queue>
  void fetch(const Queue& queue, idx count, const T* from) noexcept {
    if constexpr (Memory::on_host)
      here_ = from;
    else
      Memory::queue_download(queue, count, from, here_.data());
  }
  template <class Queue>
  const T* arrived(const Queue& queue) noexcept {
    Memory::wait(queue);
    if constexpr (Memory::on_host)
      return here_;
    else
      return here_.data();
  }

 private:
  std::conditional_t<Memory::on_host, const T*, arena<T, typename Memory::staging>> here_{};
};

namespace detail {
/// What went wrong in work that was queued; nothing can where the backend has nothing to say.
template <class Backend>
result<void> status_of() {
  if constexpr (requires { Backend::status(); })
    return Backend::status();
  else
    return {};
}
}  // namespace detail

}  // namespace auris
