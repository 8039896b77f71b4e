// Arrays of the table of operations where a backend's kernels find them: in the host's memory, or in a device's.
#pragma once
#include <auris/core/kernel.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

namespace table {
using namespace auris;

/// Memory of a device, for backends that do not compute in the host's. Copies are done when they return.
struct device_memory {
  void* (*allocate)(std::size_t bytes);
  void (*release)(void* p);
  void (*upload)(std::size_t bytes, const void* from, void* to);
  void (*download)(std::size_t bytes, const void* from, void* to);
};
/// Null for backends that compute in the host's memory.
template <class Backend>
const device_memory* memory_of() {
  using memory = typename Backend::memory;
  using byte = unsigned char;
  if constexpr (memory::on_host)
    return nullptr;
  else {
    static constexpr device_memory all{[](std::size_t bytes) { return memory::allocate(bytes); },
                                       [](void* p) { memory::release(p); },
                                       [](std::size_t bytes, const void* from, void* to) {
                                         memory::upload(Backend::default_queue(), static_cast<idx>(bytes),
                                                        static_cast<const byte*>(from), static_cast<byte*>(to));
                                         memory::wait(Backend::default_queue());
                                       },
                                       [](std::size_t bytes, const void* from, void* to) {
                                         memory::download(Backend::default_queue(), static_cast<idx>(bytes),
                                                          static_cast<const byte*>(from), static_cast<byte*>(to));
                                       }};
    return &all;
  }
}

/// An array of the host where the kernels of a call find it: a copy in the device's memory, if the call has one. It starts
/// at the same place of 64 bytes, and comes back by `fetch`.
template <class T>
class placed {
 public:
  placed(const device_memory* m, T* host, std::size_t count) : memory_(m), host_(host), bytes_(count * sizeof(T)) {
    if (!memory_) return;
    block_ = memory_->allocate(bytes_ + 64);
    if (!block_) throw std::runtime_error("no memory on the device");
    const auto wanted = reinterpret_cast<std::uintptr_t>(host) % 64,
               found = reinterpret_cast<std::uintptr_t>(block_) % 64;
    device_ = reinterpret_cast<T*>(static_cast<unsigned char*>(block_) + (wanted + 64 - found) % 64);
    if (bytes_ > 0) memory_->upload(bytes_, host, const_cast<std::remove_const_t<T>*>(device_));
  }
  placed(placed&& o) noexcept
      : memory_(o.memory_),
        host_(o.host_),
        bytes_(o.bytes_),
        block_(std::exchange(o.block_, nullptr)),
        device_(o.device_) {}
  placed& operator=(placed&&) = delete;
  ~placed() {
    if (block_) memory_->release(block_);
  }
  T* data() const { return memory_ ? device_ : host_; }
  void fetch() const {
    if (memory_ && bytes_ > 0) memory_->download(bytes_, device_, host_);
  }

 private:
  const device_memory* memory_;
  T* host_;
  std::size_t bytes_;
  void* block_ = nullptr;
  T* device_ = nullptr;
};
/// A constant array of a row, where the backend's kernels find it; copies share it.
template <class T>
class constant {
 public:
  constant(std::vector<T> x, const device_memory* m) : both_(std::make_shared<const both>(std::move(x), m)) {}
  const T* data() const { return both_->where.data(); }

 private:
  struct both {
    std::vector<T> host;
    placed<const T> where;
    both(std::vector<T> x, const device_memory* m) : host(std::move(x)), where(m, host.data(), host.size()) {}
  };
  std::shared_ptr<const both> both_;
};

/// A value that a kernel takes by value, from where its arrays are.
template <class Backend, class T>
T value_at(const T* p) {
  T value;
  if (const device_memory* const m = memory_of<Backend>())
    m->download(sizeof(T), p, &value);
  else
    value = *p;
  return value;
}

}  // namespace table
