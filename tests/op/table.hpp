// The table of operations: each row (table/*.hpp) says what the kernels of one operation read and write, at which sizes
// they are tested and at which they are timed. Checks (checks.hpp), the comparison of backends and the benchmark of
// kernels walk through the same rows.
#pragma once
#include <auris/core/executor.hpp>
#include <auris/core/result.hpp>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "op/device_memory.hpp"

namespace table {
using namespace auris;

/// What a call does with an array: `updated` is read and written.
enum class role { input, output, updated };
/// What to fill it with: [-1, 1]; [0.05, 0.95]; [-1, 1] without [-0.05, 0.05]; multiples of 1 / 64, all different; 0, 0.5 or 1;
/// multiples of 1 / 64 in [-1, 1], which bf16 holds.
enum class values { any, positive, apart_from_zero, distinct, weights, coarse };

struct argument {
  std::string name;
  idx count;
  role how;
  values kind = values::any;
  bool optional = false;
  bool read = true;  ///< false: an input that the formula of this operation does not need, others of its kind do

  argument filled(values v) const { return {name, count, how, v, optional, read}; }
  argument or_null() const { return {name, count, how, kind, true, read}; }
  argument read_if(bool needed) const { return {name, count, how, kind, optional, needed}; }
};
inline argument input(std::string name, idx count) { return {std::move(name), count, role::input}; }
inline argument output(std::string name, idx count) { return {std::move(name), count, role::output}; }
inline argument updated(std::string name, idx count) { return {std::move(name), count, role::updated}; }

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
  std::function<void(T* const* p)> prepare{};    ///< what is done once, before calls of `run`, with the same arrays
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

/// What a kernel of Backend prepares on the host, from a multiple of 64 bytes on, and where the kernel finds it; copies share it.
template <class Backend, class T>
class prepared_memory {
 public:
  explicit prepared_memory(idx count)
      : all_(std::make_shared<all>(
            all{std::vector<T>(static_cast<std::size_t>(count) + line, std::numeric_limits<T>::quiet_NaN()), {}})) {
    while (reinterpret_cast<std::uintptr_t>(all_->memory.data() + first_) % 64 != 0) ++first_;
    all_->memory.resize(first_ + static_cast<std::size_t>(count));  // no scalar more, for sanitizers
  }
  /// prepare(to) writes it.
  template <class Prepare>
  void fill(const Prepare& prepare) const {
    T* const to = all_->memory.data() + first_;
    prepare(to);
    all_->where.clear();
    all_->where.emplace_back(memory_of<Backend>(), to, all_->memory.size() - first_);
  }
  const T* data() const { return all_->where.front().data(); }

 private:
  static constexpr std::size_t line = 64 / sizeof(T);
  struct all {
    std::vector<T> memory;
    std::vector<placed<T>> where;  ///< one, once it is filled
  };
  std::shared_ptr<all> all_;
  std::size_t first_ = 0;
};
/// An array of a call, on the host.
template <class Backend, class T>
std::vector<T> fetched(const T* p, idx count) {
  std::vector<T> x(static_cast<std::size_t>(count));
  if (const device_memory* const m = memory_of<Backend>())
    m->download(x.size() * sizeof(T), p, x.data());
  else
    x.assign(p, p + count);
  return x;
}

/// The call "forward_prepared" of a kernel that has one, from its call "forward": `size`, x, weight, bias, y.
template <class Operation, class Backend, class T, class Size>
void add_forward_prepared(const Size& s, std::vector<call<T>>& calls) {
  using k = kernel_of<Operation, Backend, T>;
  call<T> c = calls[0];
  c.name = "forward_prepared";
  if constexpr (requires { k::prepared(s); }) {
    const prepared_memory<Backend, T> memory(k::prepared(s));
    const idx weights = c.arguments[1].count;
    c.prepare = [s, memory, weights](T* const* p) {
      const std::vector<T> weight = fetched<Backend>(p[1], weights);
      memory.fill([&](T* to) { k::prepare(s, weight.data(), to); });
    };
    c.run = [s, memory](executor& e, T* w, T* const* p) {
      k::forward_prepared(on<Backend>(e, w), s, p[0], memory.data(), p[2], p[3]);
    };
    c.workspace = [s](int workers) { return k::prepared_workspace(s, workers); };
    calls.push_back(c);
  } else if constexpr (std::is_same_v<Backend, reference>)  // the oracle
    calls.push_back(c);
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
  if (c.prepare) c.prepare(p.data());
  c.run(calling_thread, workspace.data(), p.data());
  if (const std::string failure = failure_of_device(); !failure.empty()) throw std::runtime_error(failure);
  for (const argument& a : c.arguments)
    if (a.how != role::input) written[a.name] = all[a.name];
  return written;
}

}  // namespace table
