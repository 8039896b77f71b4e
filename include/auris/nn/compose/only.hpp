#pragma once
#include <auris/nn/compose/bind.hpp>

namespace auris {

namespace detail {

template <label... Names>
struct keep {
  static constexpr bool has(label l) { return ((Names == l) || ...); }
};
struct keep_all {
  static constexpr bool has(label) { return true; }
};

/// Does S contain an output to keep?
template <class Keep, class S>
constexpr bool wanted();
template <class Keep, class... S>
constexpr bool any_wanted(specs<S...>*) {
  return (wanted<Keep, S>() || ...);
}
template <class Keep, class S>
constexpr bool wanted() {
  if constexpr (!composite<S>)
    return false;
  else if constexpr (requires { typename S::body; })
    return Keep::has(S::name) || wanted<Keep, typename S::body>();
  else if constexpr (requires { typename S::inner; })
    return wanted<Keep, typename S::inner>();
  else
    return any_wanted<Keep>(static_cast<typename S::items*>(nullptr));
}

// Main: does anyone read the main result of S?
template <class Keep, bool Main, class Definition>
struct prune_rule;
template <class Keep, bool Main, class S>
struct pruned : prune_rule<Keep, Main, typename S::definition>::type {};

template <class Keep, bool Main, class S>
constexpr auto prune() {
  if constexpr (Main && !wanted<keep_all, S>())
    return std::type_identity<S>{};  // untouched: the same code as in the full network
  else if constexpr (!wanted<Keep, S>() && (!Main || requires { S::definition::ends; }))
    return std::type_identity<dead<S>>{};
  else
    return std::type_identity<pruned<Keep, Main, S>>{};
}
template <class Keep, bool Main, class S>
using prune_t = typename decltype(prune<Keep, Main, S>())::type;

template <class Keep, bool Main, class... S>
struct prune_rule<Keep, Main, sequential<S...>> {
  static constexpr std::size_t count = sizeof...(S);
  static constexpr auto read = [] {  // by a later item that lives, or by the reader of the whole
    const std::array<bool, count + 1> wants{wanted<Keep, S>()..., Main};
    std::array<bool, count + 1> r{};
    bool any = false;
    for (std::size_t i = count + 1; i-- > 0;) {
      r[i] = any;
      any = any || wants[i];
    }
    return r;
  }();
  template <class>
  struct make;
  template <std::size_t... I>
  struct make<std::index_sequence<I...>> {
    using type = sequential<prune_t<Keep, read[I], typename specs<S...>::template at<I>>...>;
  };
  using type = typename make<std::index_sequence_for<S...>>::type;
};
template <class Keep, bool Main, class Merge, class... S>
struct prune_rule<Keep, Main, parallel<Merge, S...>> {
  using type =
      parallel<std::conditional_t<Main, Merge, discard<Merge>>, prune_t<Keep, Main, typename branch_of<S>::type>...>;
};
template <class Keep, bool Main, class... O>
struct prune_rule<Keep, Main, tap<O...>> {
  using type = std::conditional_t<Main, tap<prune_t<Keep, false, O>...>, ending_tap<prune_t<Keep, false, O>...>>;
};
template <class Keep, bool Main, class... O>
struct prune_rule<Keep, Main, ending_tap<O...>> {
  using type = ending_tap<prune_t<Keep, false, O>...>;
};
template <class Keep, bool Main, class... O>
struct prune_rule<Keep, Main, heads<O...>> {
  using type = heads<prune_t<Keep, false, O>...>;
};
template <class Keep, bool Main, label N, class... S>
struct prune_rule<Keep, Main, output<N, S...>> {
  template <class>
  struct kept;
  template <class... P>
  struct kept<sequential<P...>> {
    using type = output<N, P...>;
  };
  template <bool Own, class B>
  static constexpr auto choose() {
    if constexpr (Own)
      return kept<B>{};
    else
      return std::type_identity<silent<B>>{};  // only an output inside of this one is wanted
  }
  using body = typename prune_rule<Keep, Keep::has(N), sequential<S...>>::type;
  using type = typename decltype(choose<Keep::has(N), body>())::type;
};
template <class Keep, bool Main, label N, class S>
struct prune_rule<Keep, Main, named<N, S>> {
  using type = named<N, prune_t<Keep, Main, S>>;
};
template <class Keep, bool Main, class S>
struct prune_rule<Keep, Main, frozen<S>> {
  using type = frozen<prune_t<Keep, Main, S>>;
};
template <class Keep, bool Main, class S>
struct prune_rule<Keep, Main, silent<S>> {
  using type = silent<prune_t<Keep, Main, S>>;
};
template <class Keep, bool Main, class S>
struct prune_rule<Keep, Main, dead<S>> {
  using type = dead<S>;
};

template <class Network, label... Names>
constexpr auto pruned_spec() {
  if constexpr ((decltype(Network::template output_verdict<Names>())::value && ...))
    return std::type_identity<prune_t<keep<Names...>, keep<Names...>::has("main"), typename Network::spec_type>>{};
  else
    return std::type_identity<typename Network::spec_type>{};
}

}  // namespace detail

/// The network without what the named outputs do not need: removed at compile time, with its memory.
///
/// The layout of `params` and `buffers` stays: what goes keeps its place and its names. So the checkpoint of the full
/// network loads, and several pruned networks can share one set of parameters. `live_parameters` counts what is still used.
///
/// Errors      a name that the network does not have: `no_output<Name, available<Names>>`
///
///     struct both_spec : sequential<linear<32>, heads<output<"sed", linear<17>>, output<"asc", linear<5>>>> {};
///     struct both : bind<both_spec, dims(dyn, 64)> {};
///     using detector = only<both, "sed">;
///     static_assert(detector::parameters == both::parameters);
///     static_assert(detector::live_parameters == both::parameters - 33 * 5);
template <class Network, label... Names>
struct only : bind<typename decltype(detail::pruned_spec<Network, Names...>())::type, Network::in_shape> {
  using known_names = std::bool_constant<(check<decltype(Network::template output_verdict<Names>())>::ok && ...)>;
};

}  // namespace auris
