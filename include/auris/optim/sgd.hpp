#pragma once
#include <auris/op/optimiser.hpp>
#include <auris/optim/method.hpp>

namespace auris {

/// Stochastic gradient descent, with momentum where wanted (formula: op/optimiser.hpp).
///
/// Memory      one scalar per parameter: the momentum.
/// Errors      a rate, momentum or decay that is negative or not finite; Nesterov's form without momentum.
/// Source      https://pytorch.org/docs/stable/generated/torch.optim.SGD.html
///
///     const sgd s{.rate = 0.1, .momentum = 0.9, .nesterov = true};
struct sgd {
  static constexpr std::size_t slots = 1;
  double rate = 1e-2, momentum = 0, weight_decay = 0;
  bool nesterov = false;

  message describe() const {
    return message::of("sgd (rate ", rate, ", momentum ", momentum, nesterov ? " of Nesterov" : "", ", weight decay ",
                       weight_decay, ")");
  }
  result<void> check() const {
    if (!(detail::is_finite(rate) && rate >= 0)) return detail::bad_option("sgd, rate", "0 or more", rate);
    if (!(detail::is_finite(momentum) && momentum >= 0))
      return detail::bad_option("sgd, momentum", "0 or more", momentum);
    if (!(detail::is_finite(weight_decay) && weight_decay >= 0))
      return detail::bad_option("sgd, weight_decay", "0 or more", weight_decay);
    if (nesterov && momentum == 0) return detail::bad_option("sgd, nesterov", "a momentum above 0", momentum);
    return {};
  }

  template <class Backend, class T>
  static idx workspace(idx count, int workers) {
    return forward_workspace<op::sgd, Backend, T>(op::sgd::size{count, 1}, workers);
  }
  /// For backends that record steps: what a kernel needs of options and step, to be put into its memory.
  template <class Backend, class T>
  auto constants(idx step) const noexcept -> typename kernel_of<op::sgd, Backend, T>::constants {
    return kernel_of<op::sgd, Backend, T>::constants_of({0, step, rate, momentum, weight_decay, nesterov});
  }
  /// One step over `count` parameters w; steps count from 1. In a recording `in_memory` is where `constants` will stand.
  template <class Backend, class T, class... Constants>
  void step(const resources<Backend, T>& r, idx count, idx step, const T* g, const std::array<T*, slots>& state, T* w,
            const Constants*... in_memory) const noexcept {
    kernel_of<op::sgd, Backend, T>::step(r, {count, step, rate, momentum, weight_decay, nesterov}, g, state[0], w,
                                         in_memory...);
  }
};

}  // namespace auris
