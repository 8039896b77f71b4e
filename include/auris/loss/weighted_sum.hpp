#pragma once
#include <auris/nn/compose/verdict.hpp>  // first: keeps the "included from" lines of an error short

#include <auris/loss/one_of.hpp>
#include <auris/nn/compose/bind.hpp>

namespace auris {

/// One loss on one named output, with its weight in the sum; the loss may be left to the run time (`one_of`).
///
///     using scene = term<"asc", cross_entropy, 0.10>;
template <label Name, class Loss, real Weight = 1.0>
requires(detail::loss_list<Loss>::valid) struct term {
  using loss = Loss;
  static constexpr label name = Name;
  static constexpr double weight = Weight.value;
};

/// What an objective evaluates to: the weighted sum, and the value of every term without its weight.
template <std::size_t Terms>
struct loss_values {
  double total = 0;
  std::array<double, Terms> terms{};
};

/// The objective of a network with several outputs: L = sum_k weight_k * loss_k(output_k, target_k).
///
/// Outputs without a term get no gradient (a null pointer), so backward skips what only they need. The weights of the
/// type may be changed at run time; a term of weight 0 is not evaluated: its value is 0, its targets may be null, its
/// output gets no gradient, and in a training step its head is not computed.
///
/// Parameters  `weights`: one per term, at first those of the type. `choices`: which loss a term with `one_of` takes,
///             set by `choose`.
/// Memory      one value per term, and gradients as large as the outputs, both the caller's; scratch as kernels ask.
/// Errors      a name that the network does not have: `no_output<Name, available<Names>>` (compile time).
/// Source      Khandelwal & Das 2023, eq. 1
///
///     using objective = weighted_sum<term<"sed", weighted_soft_label, 0.85>,
///                                    term<"asc", cross_entropy, 0.10>, term<"aec", cross_entropy, 0.05>>;
///     objective only_sed;
///     only_sed.weights = {1, 0, 0};
template <class... Term>
struct weighted_sum {
  static constexpr std::size_t count = sizeof...(Term);
  static_assert(count > 0, "auris: an objective has at least one term");
  static constexpr std::array<label, count> names{Term::name...};
  using losses = loss_values<count>;
  template <class T>
  using targets = std::array<target<T>, count>;

  std::array<double, count> weights{Term::weight...};
  std::array<std::size_t, count> choices{};

  /// Takes one of the losses that the term of this name leaves open.
  template <label Name, class Loss>
  void choose() {
    static_assert(((Name == Term::name && detail::loss_list<typename Term::loss>::template has<Loss>) || ...),
                  "auris: the objective has no such choice");
    std::size_t k = 0;
    ((Name == Term::name ? void(choices[k] = detail::loss_list<typename Term::loss>::template place<Loss>) : void(),
      ++k),
     ...);
  }

  message describe() const {
    message m;
    std::size_t k = 0;
    const auto add = [&]<class Each>(std::type_identity<Each>) {
      detail::loss_list<typename Each::loss>::at(choices[k], [&]<class Loss>(std::type_identity<Loss>) {
        m = message::of(m, k ? " + " : "", weights[k], " ", Each::name, ": ", Loss::describe());
      });
      ++k;
    };
    (add(std::type_identity<Term>{}), ...);
    return m;
  }

  /// Whether the network has all outputs.
  template <class Network>
  static constexpr bool fits = (decltype(Network::template output_verdict<Term::name>())::value && ...);
  /// The compile-time error where it has not.
  template <class Network>
  using checked = std::bool_constant<(check<decltype(Network::template output_verdict<Term::name>())>::ok && ...)>;

  /// Errors      a weight that is no finite number; null targets of a term whose weight is not 0.
  template <class T>
  result<void> check_targets(const targets<T>& t) const {
    for (std::size_t k = 0; k < count; ++k) {
      if (!(weights[k] - weights[k] == 0))
        return error{"bad weight of a loss", message::of("term '", names[k], "'"), "a finite number",
                     message::of(weights[k])};
      if (weights[k] != 0 && !t[k].values)
        return error{"no targets", message::of("term '", names[k], "'"),
                     message::of("values, as its weight is ", weights[k])};
    }
    return {};
  }

  /// Scratch scalars of `evaluate`.
  template <class Network, class C>
  static constexpr idx workspace([[maybe_unused]] workload w) {
    idx most = 0;
    if constexpr (fits<Network>) {
      const auto outputs = Network::outputs(w.item);
      const auto ask = [&]<class Each>(std::type_identity<Each>) {
        const shape s = outputs[Network::template index_of<Each::name>].s;
        detail::loss_list<typename Each::loss>::each([&]<class Loss>(std::type_identity<Loss>) {
          const idx own = workspace_of<typename Loss::operation, C>(
              Loss::size(w.items, w.items * s.size() / s[-1], s[-1]), w.workers);
          most = own > most ? own : most;
        });
      };
      (ask(std::type_identity<Term>{}), ...);
    }
    return most;
  }

  /// Losses of the outputs that stand in c.outputs, for a batch whose items have the shape `input`; waits for nothing and
  /// allocates nothing.
  ///
  /// All arrays lie in the backend's memory. `values` (one per term) receives what `losses_of` takes, on the host. `arena`
  /// (Network::output_size) receives the gradients, and `gradients` points to them, null for outputs without one; with a
  /// null arena only the values are computed.
  template <class Network, class C, class T = typename C::scalar>
  void evaluate(C c, [[maybe_unused]] idx items, [[maybe_unused]] shape input, [[maybe_unused]] const targets<T>& t,
                T* values, [[maybe_unused]] T* arena,
                [[maybe_unused]] std::array<const T*, Network::output_count>& gradients) const noexcept {
    using memory = typename C::backend::memory;
    gradients = {};
    memory::clear(c.queue, static_cast<idx>(count), values);
    if constexpr (fits<Network>) {
      const auto outputs = Network::outputs(input);
      // no pointers into an arena that is not there
      const auto place = arena ? Network::place(arena, items, input) : std::array<T*, Network::output_count>{};
      std::size_t k = 0;
      const auto one = [&]<class Each>(std::type_identity<Each>) {
        constexpr std::size_t o = Network::template index_of<Each::name>;
        if (weights[k] != 0) {
          const shape s = outputs[o].s;
          const idx size = items * s.size();
          if (arena && !gradients[o]) memory::clear(c.queue, size, place[o]);
          if (arena) gradients[o] = place[o];
          detail::loss_list<typename Each::loss>::at(choices[k], [&]<class Loss>(std::type_identity<Loss>) {
            kernel_in<typename Loss::operation, C>::evaluate(
                c.work(), Loss::size(items, size / s[-1], s[-1]), c.outputs[o], t[k].values, t[k].mask, t[k].class_mask,
                static_cast<T>(weights[k]), values + k, arena ? place[o] : nullptr);
          });
        }
        ++k;
      };
      (one(std::type_identity<Term>{}), ...);
    } else
      checked<Network>{};
  }
  /// What `evaluate` has left in `values`.
  template <class T>
  losses losses_of(const T* values) const noexcept {
    losses r;
    for (std::size_t k = 0; k < count; ++k)
      if (weights[k] != 0) {
        r.total += static_cast<double>(values[k]);
        r.terms[k] = static_cast<double>(values[k]) / weights[k];
      }
    return r;
  }
  bool operator==(const weighted_sum&) const = default;
};

}  // namespace auris
