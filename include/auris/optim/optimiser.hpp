#pragma once
#include <auris/core/arena.hpp>
#include <auris/optim/method.hpp>
#include <auris/optim/parameter_range.hpp>

namespace auris {

/// An optimiser for the parameters of a network: a method (`adam`, `adamw`, `sgd`) with its state. A step walks over
/// the parameters that train; frozen and removed ones are never touched, not by weight decay either.
///
/// Memory      Method::slots arenas of Network::parameters scalars, from `reserve` on; `step` allocates nothing.
/// Errors      options out of range; out of memory.
///
///     struct net : bind<linear<2>, dims(dyn, 3)> {};
///     weights<net> w(1);
///     optimiser<net, adam, cpu> o({.rate = 0.01});
///     o.reserve().value();
///     std::array<float, net::parameters> gradients{};
///     o.step({}, gradients.data(), w.params());
template <class Network, optimiser_method Method, class Backend, class T = float>
class optimiser {
 public:
  static constexpr std::size_t slots = Method::slots;

  explicit optimiser(Method m = {}) : method(m), ranges_(trainable_ranges<Network>()) {}

  Method method;  ///< its options; they may change between steps

  result<void> reserve() {
    if (auto ok = method.check(); !ok) return ok;
    for (auto& s : state_)
      if (auto ok = s.reserve(Network::parameters); !ok) return ok;
    return {};
  }
  /// Scratch scalars of `step`.
  idx workspace(int workers) const {
    idx most = 0;
    for (const parameter_range& r : ranges_) {
      const idx own = Method::template workspace<Backend, T>(r.count, workers);
      most = most > own ? most : own;
    }
    return most;
  }
  /// Changes `params` (Network::parameters, as `gradients`); only after a successful `reserve`.
  void step(const resources<Backend, T>& r, const T* gradients, T* params) noexcept {
    ++steps_;
    queue_step(r, gradients, params);
  }
  /// The work of a step that is not counted. For a recording: `constants` is where those of the method will stand.
  template <class... Constants>
  void queue_step(const resources<Backend, T>& r, const T* gradients, T* params,
                  const Constants*... constants) noexcept {
    for (const parameter_range& p : ranges_) {
      std::array<T*, slots> state;
      for (std::size_t s = 0; s < slots; ++s) state[s] = state_[s].data() + p.begin;
      method.step(r, p.count, steps_, gradients + p.begin, state, params + p.begin, constants...);
    }
  }

  std::span<const parameter_range> ranges() const noexcept { return ranges_; }
  idx steps() const noexcept { return steps_; }  ///< done so far
  void set_steps(idx n) noexcept { steps_ = n; }
  /// One of the arenas of the state, for checkpoints; empty before `reserve`. Of a backend with memory of its own it is
  /// the host's copy, which `download` brings up to date and `upload` sends back.
  std::span<T> state(std::size_t slot) noexcept {
    if constexpr (memory::on_host)
      return {state_[slot].data(), static_cast<std::size_t>(state_[slot].size())};
    else
      return on_host_[slot];
  }
  void download(typename Backend::queue queue) {
    if constexpr (!memory::on_host)
      for (std::size_t s = 0; s < slots; ++s) {
        on_host_[s].resize(static_cast<std::size_t>(state_[s].size()));
        memory::download(queue, state_[s].size(), state_[s].data(), on_host_[s].data());
      }
  }
  void upload(typename Backend::queue queue) {
    if constexpr (!memory::on_host)
      for (std::size_t s = 0; s < slots; ++s)
        memory::upload(queue, static_cast<idx>(on_host_[s].size()), on_host_[s].data(), state_[s].data());
  }

 private:
  using memory = typename Backend::memory;
  std::vector<parameter_range> ranges_;
  std::array<arena<T, memory>, slots> state_;
  std::array<std::vector<T>, memory::on_host ? 0 : slots> on_host_;
  idx steps_ = 0;
};

}  // namespace auris
