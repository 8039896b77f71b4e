#pragma once
#include <auris/nn/session.hpp>
#include <auris/optim/method.hpp>
#include <utility>

namespace auris {

/// Backends and methods whose training steps can be kept and replayed at once.
///
///     static_assert(!records_steps<cpu, adam, float>);                 // but records_steps<cuda, adam, float>
template <class Backend, class Method, class T>
concept records_steps = records_calls<Backend> && recordable_method<Method, Backend, T>;

namespace detail {

/// A training step that was recorded, if any. It is in two parts, since the host looks at the losses before weights may
/// change. What differs from step to step stands in the backend's memory, where the first part sends it.
template <class Backend, class Objective, class Method, class T>
struct step_recording {
  void forget() noexcept {}
};

template <class Backend, class Objective, class Method, class T>
requires records_steps<Backend, Method, T>
struct step_recording<Backend, Objective, Method, T> {
  using memory = typename Backend::memory;
  using constants = decltype(std::declval<const Method&>().template constants<Backend, T>(idx{1}));

  typename Backend::graph to_losses, behind_losses;
  idx items = 0;
  shape item = {};
  Objective objective = {};
  double largest_norm = 0;
  uploaded<std::uint64_t, memory> random_step;  // random_key::of_step
  uploaded<constants, memory> method;

  bool serves(idx n, shape s, const Objective& o, double largest) const noexcept {
    return behind_losses && n == items && s == item && o == objective && largest == largest_norm;
  }
  void forget() noexcept { behind_losses = {}, to_losses = {}; }
  result<void> reserve() {
    if (auto ok = random_step.reserve(1); !ok) return ok;
    return method.reserve(1);
  }
};

}  // namespace detail

}  // namespace auris
