#pragma once
#include <auris/op/optimiser.hpp>
#include <auris/optim/method.hpp>

namespace auris {

namespace detail {
template <bool Decoupled>
struct adam_method {
  static constexpr std::size_t slots = 2;
  double rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weight_decay = Decoupled ? 1e-2 : 0;

  message describe() const {
    return message::of(name, " (rate ", rate, ", beta1 ", beta1, ", beta2 ", beta2, ", epsilon ", epsilon,
                       ", weight decay ", weight_decay, ")");
  }
  result<void> check() const {
    const auto bad = [](const char* option, const char* expected, double got) {
      return bad_option(message::of(name, ", ", option), expected, got);
    };
    if (!(is_finite(rate) && rate >= 0)) return bad("rate", "0 or more", rate);
    if (!(beta1 >= 0 && beta1 < 1)) return bad("beta1", "a number in [0, 1)", beta1);
    if (!(beta2 >= 0 && beta2 < 1)) return bad("beta2", "a number in [0, 1)", beta2);
    if (!(is_finite(epsilon) && epsilon > 0)) return bad("epsilon", "above 0", epsilon);
    if (!(is_finite(weight_decay) && weight_decay >= 0)) return bad("weight_decay", "0 or more", weight_decay);
    return {};
  }

  template <class Backend, class T>
  static idx workspace(idx count, int workers) {
    return forward_workspace<op::adam, Backend, T>(op::adam::size{count, 1}, workers);
  }
  /// For backends that record steps: what a kernel needs of options and step, to be put into its memory.
  template <class Backend, class T>
  auto constants(idx step) const noexcept -> typename kernel_of<op::adam, Backend, T>::constants {
    return kernel_of<op::adam, Backend, T>::constants_of(size(0, step));
  }
  /// One step over `count` parameters w; steps count from 1. In a recording `in_memory` is where `constants` will stand.
  template <class Backend, class T, class... Constants>
  void step(const resources<Backend, T>& r, idx count, idx step, const T* g, const std::array<T*, slots>& state, T* w,
            const Constants*... in_memory) const noexcept {
    kernel_of<op::adam, Backend, T>::step(r, size(count, step), g, state[0], state[1], w, in_memory...);
  }

 private:
  op::adam::size size(idx count, idx step) const noexcept {
    return {count, step, rate, beta1, beta2, epsilon, weight_decay, Decoupled};
  }
  static constexpr const char* name = Decoupled ? "adamw" : "adam";
};
}  // namespace detail

/// Adam with PyTorch's defaults (formula: op/optimiser.hpp). Weight decay, where wanted, is added to the gradient.
///
/// Memory      two scalars per parameter: the running means of gradient and squared gradient.
/// Errors      a rate, epsilon or decay that is negative or not finite; a beta outside of [0, 1).
/// Source      Kingma and Ba 2015; https://pytorch.org/docs/stable/generated/torch.optim.Adam.html
///
///     const adam a{.rate = 1e-3};
using adam = detail::adam_method<false>;

/// Adam with decoupled weight decay: weights shrink by the factor 1 - rate * weight_decay in every step. The default
/// decay is 0.01.
///
/// Memory      as adam.
/// Errors      as adam.
/// Source      Loshchilov and Hutter 2019; https://pytorch.org/docs/stable/generated/torch.optim.AdamW.html
///
///     const adamw a{.rate = 1e-4, .weight_decay = 0.05};
using adamw = detail::adam_method<true>;

}  // namespace auris
