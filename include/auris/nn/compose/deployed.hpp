#pragma once
#include <auris/nn/compose/only.hpp>

namespace auris {

/// What becomes of layers that stand one behind the other in a deployed network: specialise with `using type = specs<...>`.
/// Lists are rewritten with the longest match of four items or less. The replacement must take the same params and
/// buffers, in the same order (parts are laid out one behind the other, so a fused layer lists the parameters of its parts).
///
/// A layer `my_noise` without parameters vanishes by `template <> struct deployment_rule<my_noise>` with `using type = specs<>`.
template <class... Pattern>
struct deployment_rule {};

namespace detail {

template <class... Pattern>
concept has_rule = requires {
  typename deployment_rule<Pattern...>::type;
};

template <class S>
struct plain_of {  // names and frozenness do not matter any more
  using type = S;
};
template <class S>
requires requires { S::definition::plain; }
struct plain_of<S> : plain_of<typename S::inner> {};

template <class Definition>
struct deploy_rule;
template <class S>
struct deployed_spec : deploy_rule<typename S::definition>::type {};

template <class S>
constexpr auto deploy() {
  using P = typename plain_of<S>::type;
  if constexpr (composite<P>)
    return std::type_identity<deployed_spec<P>>{};
  else if constexpr (has_rule<P>)
    return std::type_identity<deployed_spec<sequential<P>>>{};
  else
    return std::type_identity<P>{};
}
template <class S>
using deploy_t = typename decltype(deploy<S>())::type;

template <class A, class B>
struct joined;
template <class... A, class... B>
struct joined<specs<A...>, specs<B...>> {
  using type = specs<A..., B...>;
};
struct no_spec {
  static constexpr bool accepts(shape) { return false; }
  static constexpr shape infer(shape s) { return s; }
};
template <class A, class B = no_spec, class C = no_spec, class D = no_spec>
constexpr int longest() {
  return has_rule<A, B, C, D> ? 4 : has_rule<A, B, C> ? 3 : has_rule<A, B> ? 2 : has_rule<A> ? 1 : 0;
}

template <int Length, class Done, class... Rest>
struct fuse;
template <class Done, class... R>
struct fuse_next;
template <class Done>
struct fuse_next<Done> : std::type_identity<Done> {};
template <class Done, class A>
struct fuse_next<Done, A> : fuse<longest<A>(), Done, A> {};
template <class Done, class A, class B>
struct fuse_next<Done, A, B> : fuse<longest<A, B>(), Done, A, B> {};
template <class Done, class A, class B, class C>
struct fuse_next<Done, A, B, C> : fuse<longest<A, B, C>(), Done, A, B, C> {};
template <class Done, class A, class B, class C, class D, class... R>
struct fuse_next<Done, A, B, C, D, R...> : fuse<longest<A, B, C, D>(), Done, A, B, C, D, R...> {};

template <class Done, class A, class... R>
struct fuse<0, Done, A, R...> : fuse_next<typename joined<Done, specs<deploy_t<A>>>::type, R...> {};
template <class Done, class A, class... R>
struct fuse<1, Done, A, R...> : fuse_next<typename joined<Done, typename deployment_rule<A>::type>::type, R...> {};
template <class Done, class A, class B, class... R>
struct fuse<2, Done, A, B, R...> : fuse_next<typename joined<Done, typename deployment_rule<A, B>::type>::type, R...> {
};
template <class Done, class A, class B, class C, class... R>
struct fuse<3, Done, A, B, C, R...>
    : fuse_next<typename joined<Done, typename deployment_rule<A, B, C>::type>::type, R...> {};
template <class Done, class A, class B, class C, class D, class... R>
struct fuse<4, Done, A, B, C, D, R...>
    : fuse_next<typename joined<Done, typename deployment_rule<A, B, C, D>::type>::type, R...> {};

template <class... S>
using fused_list = typename fuse_next<specs<>, typename plain_of<S>::type...>::type;
template <class List>
struct as_sequential;
template <class... S>
struct as_sequential<specs<S...>> {
  using type = sequential<S...>;
};

template <class... S>
struct deploy_rule<sequential<S...>> : as_sequential<fused_list<S...>> {};
template <class M, class... S>
struct deploy_rule<parallel<M, S...>> {
  using type = parallel<M, deploy_t<S>...>;
};
template <class... O>
struct deploy_rule<tap<O...>> {
  using type = tap<deploy_t<O>...>;
};
template <class... O>
struct deploy_rule<ending_tap<O...>> {
  using type = ending_tap<deploy_t<O>...>;
};
template <class... O>
struct deploy_rule<heads<O...>> {
  using type = heads<deploy_t<O>...>;
};
template <class S>
struct deploy_rule<dead<S>> {
  using type = dead<S>;
};
template <label N, class... S>
struct deploy_rule<output<N, S...>> {
  template <class>
  struct kept;
  template <class... P>
  struct kept<specs<P...>> {
    using type = output<N, P...>;
  };
  using type = typename kept<fused_list<S...>>::type;
};

}  // namespace detail

/// The network as it is deployed: batch normalisation folded into the convolution before it, ReLU and
/// pooling fused, training-only layers gone. It reads the `prepared` arena only, which `prepare` makes from params and buffers; the
/// numbers are those of the network up to rounding.
///
///     struct net : bind<sequential<conv2d<8>, batch_norm, relu, dropout<0.2>>, dims(dyn, 64, 1)> {};
///     using product_net = deployed<net>;
///     static_assert(product_net::need<context<reference, float, deployment>>({1, dims(5, 64, 1)}).prepared == 9 * 8 + 8);
template <class Network>
struct deployed : bind<detail::deploy_t<typename Network::spec_type>, Network::in_shape> {
  using base = bind<detail::deploy_t<typename Network::spec_type>, Network::in_shape>;
  using source = Network;
  using deployable = std::bool_constant<check<decltype(base::layer::deployment_verdict())>::ok>;
  /// Writes what calls in the context C read, `need<C>(...).prepared` scalars from the start of a cache line on.
  template <class C, class T = typename C::scalar>
  static void prepare(const T* params, const T* buffers, T* to) {
    base::layer::template prepare<C>(params, buffers, to);
  }
};

}  // namespace auris
