#pragma once
#include <auris/op/optimiser.hpp>
#include <auris/optim/method.hpp>

namespace auris {

namespace detail {
template <class Options>
result<void> check_adam(const Options& o) {
  if (!(is_finite(o.rate) && o.rate >= 0)) return bad_option("adam, rate", "0 or more", o.rate);
  if (!(o.beta1 >= 0 && o.beta1 < 1)) return bad_option("adam, beta1", "a number in [0, 1)", o.beta1);
  if (!(o.beta2 >= 0 && o.beta2 < 1)) return bad_option("adam, beta2", "a number in [0, 1)", o.beta2);
  if (!(is_finite(o.epsilon) && o.epsilon > 0)) return bad_option("adam, epsilon", "above 0", o.epsilon);
  if (!(is_finite(o.weight_decay) && o.weight_decay >= 0))
    return bad_option("adam, weight_decay", "0 or more", o.weight_decay);
  return {};
}
template <class Options>
message describe_adam(const char* name, const Options& o) {
  return message::of(name, " (rate ", o.rate, ", beta1 ", o.beta1, ", beta2 ", o.beta2, ", epsilon ", o.epsilon,
                     ", weight decay ", o.weight_decay, ")");
}
template <class Options>
op::adam::size adam_size(const Options& o, idx count, idx step, bool decoupled) {
  return {count, step, o.rate, o.beta1, o.beta2, o.epsilon, o.weight_decay, decoupled};
}
}  // namespace detail

/// Adam with PyTorch's defaults (formula: op/optimiser.hpp). Weight decay, where wanted, is added to the gradient.
///
/// Memory      two scalars per parameter: the running means of gradient and squared gradient.
/// Errors      a rate, epsilon or decay that is negative or not finite; a beta outside of [0, 1).
/// Source      Kingma and Ba 2015; https://pytorch.org/docs/stable/generated/torch.optim.Adam.html
///
///     const adam a{.rate = 1e-3};
struct adam {
  static constexpr std::size_t slots = 2;
  double rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weight_decay = 0;

  message describe() const { return detail::describe_adam("adam", *this); }
  result<void> check() const { return detail::check_adam(*this); }

  template <class Backend, class T>
  static idx workspace(idx count, int workers) {
    return forward_workspace<op::adam, Backend, T>(op::adam::size{count, 1}, workers);
  }
  /// One step over `count` parameters w; steps count from 1.
  template <class Backend, class T>
  void step(const resources<Backend, T>& r, idx count, idx step, const T* g, const std::array<T*, slots>& state,
            T* w) const noexcept {
    kernel_of<op::adam, Backend, T>::step(r, detail::adam_size(*this, count, step, false), g, state[0], state[1], w);
  }
};

/// Adam with decoupled weight decay: weights shrink by the factor 1 - rate * weight_decay in every step.
///
/// Memory      as adam.
/// Errors      as adam.
/// Source      Loshchilov and Hutter 2019; https://pytorch.org/docs/stable/generated/torch.optim.AdamW.html
///
///     const adamw a{.rate = 1e-4, .weight_decay = 0.05};
struct adamw {
  static constexpr std::size_t slots = 2;
  double rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weight_decay = 1e-2;

  message describe() const { return detail::describe_adam("adamw", *this); }
  result<void> check() const { return detail::check_adam(*this); }

  template <class Backend, class T>
  static idx workspace(idx count, int workers) {
    return forward_workspace<op::adam, Backend, T>(op::adam::size{count, 1}, workers);
  }
  /// One step over `count` parameters w; steps count from 1.
  template <class Backend, class T>
  void step(const resources<Backend, T>& r, idx count, idx step, const T* g, const std::array<T*, slots>& state,
            T* w) const noexcept {
    kernel_of<op::adam, Backend, T>::step(r, detail::adam_size(*this, count, step, true), g, state[0], state[1], w);
  }
};

}  // namespace auris
