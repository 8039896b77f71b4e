// The table of operations: each row (table/*.hpp) says what the kernels of one operation read and write, at which sizes
// they are tested and at which they are timed. Checks (checks.hpp), the comparison of backends and the benchmark of
// kernels walk through the same rows.
#pragma once
#include <auris/core/executor.hpp>
#include <auris/core/kernel.hpp>
#include <auris/core/result.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace table {
using namespace auris;

/// What a call does with an array: `updated` is read and written.
enum class role { input, output, updated };
/// What to fill it with: [-1, 1]; [0.05, 0.95]; [-1, 1] without [-0.05, 0.05]; multiples of 1 / 64, all different; 0, 0.5 or 1.
enum class values { any, positive, apart_from_zero, distinct, weights };

struct argument {
  std::string name;
  idx count;
  role how;
  values kind = values::any;
  bool optional = false;

  argument filled(values v) const { return {name, count, how, v, optional}; }
  argument or_null() const { return {name, count, how, kind, true}; }
};
inline argument input(std::string name, idx count) { return {std::move(name), count, role::input}; }
inline argument output(std::string name, idx count) { return {std::move(name), count, role::output}; }
inline argument updated(std::string name, idx count) { return {std::move(name), count, role::updated}; }

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

/// One function of one kernel at one size. `run` takes the arrays in the order of `arguments`.
template <class T>
struct call {
  std::string name;
  std::vector<argument> arguments;
  std::function<void(executor&, T* workspace, T* const* p)> run;
  std::function<idx(int workers)> workspace = [](int) { return idx(0); };
  idx depth = 1;         ///< terms that are summed for one result: what its rounding error grows with
  int gradient_of = -1;  ///< the call whose gradients this one computes: "dx" is that of "x"
  const char* in_place[2] = {nullptr, nullptr};  ///< input and output that may be the same array
  const device_memory* memory = nullptr;         ///< where arrays have to be, if not the host's
};

/// Where the host runs the threads of a GPU (tests/cuda): lets them run in the order that belongs to an executor.
inline void (*set_order_of_threads)(executor& e) = nullptr;
inline void order_threads_as(executor& e) {
  if (set_order_of_threads) set_order_of_threads(e);
}

/// Where the device of the last call tells what failed; null on the host, where nothing does.
inline result<void> (*device_status)() = nullptr;
/// What failed in the last call; empty where nothing did.
inline std::string failure_of_device() {
  if (!device_status) return {};
  const result<void> status = device_status();
  return status ? "" : status.error().text().c_str();
}

/// How a backend is given its executor.
template <class Backend, class T>
resources<Backend, T> on(executor& e, T* workspace) {
  if constexpr (std::is_convertible_v<executor*, typename Backend::queue>)
    return {&e, workspace};
  else {
    order_threads_as(e);
    device_status = [] {
      Backend::memory::wait(Backend::default_queue());
      return Backend::status();
    };
    return {Backend::default_queue(), workspace};
  }
}
template <class Operation, class Backend, class T, class Size>
auto forward_scratch(const Size& s) {
  return [s](int workers) { return forward_workspace<Operation, Backend, T>(s, workers); };
}
template <class Operation, class Backend, class T, class Size>
auto backward_scratch(const Size& s) {
  return [s](int workers) { return backward_workspace<Operation, Backend, T>(s, workers); };
}

template <class... Part>
std::string text(const Part&... part) {
  std::ostringstream s;
  ((s << part), ...);
  return s.str();
}

template <class T>
using arrays = std::map<std::string, std::vector<T>>;

/// Runs a call on arrays by name and gives back what it wrote. Optional arrays that are not given are null, as are
/// outputs in `skipped`; the others start from zero.
template <class T>
arrays<T> run(const call<T>& c, const arrays<T>& given, const std::vector<std::string>& skipped = {}) {
  arrays<T> all, written;
  std::vector<T*> p;
  for (const argument& a : c.arguments) {
    const auto found = given.find(a.name);
    bool absent = found == given.end() && a.how != role::output && a.optional;
    for (const std::string& s : skipped) absent = absent || s == a.name;
    auto& memory = all[a.name] =
        found == given.end() ? std::vector<T>(static_cast<std::size_t>(a.count)) : found->second;
    if (memory.size() != static_cast<std::size_t>(a.count)) throw std::runtime_error("wrong count of " + a.name);
    p.push_back(absent ? nullptr : memory.data());
  }
  std::vector<T> workspace(static_cast<std::size_t>(c.workspace(calling_thread.workers())));
  c.run(calling_thread, workspace.data(), p.data());
  if (const std::string failure = failure_of_device(); !failure.empty()) throw std::runtime_error(failure);
  for (const argument& a : c.arguments)
    if (a.how != role::input) written[a.name] = all[a.name];
  return written;
}

}  // namespace table
