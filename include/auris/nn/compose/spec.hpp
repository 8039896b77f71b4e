#pragma once
#include <array>
#include <auris/core/context.hpp>
#include <auris/core/parameter.hpp>
#include <auris/nn/compose/verdict.hpp>
#include <concepts>
#include <tuple>
#include <type_traits>

namespace auris {

/// A spec describes a layer or a network without its input sizes: an empty type that tells which shapes it accepts and
/// what they become. The same functions run at compile time, where axes may be `dyn`, and at run time, where all are known.
template <class S>
concept spec = std::is_empty_v<S> && requires(shape s) {
  { S::accepts(s) } -> std::same_as<bool>;
  { S::infer(s) } -> std::same_as<shape>;
};

/// A spec made of specs. `definition` is what rewriting rules match: a user's `struct encoder : sequential<...> {}` has
/// the definition sequential<...>.
template <class S>
concept composite = requires {
  typename S::definition;
};

/// A list of specs.
template <spec... S>
struct specs {
  static constexpr std::size_t count = sizeof...(S);
  template <std::size_t I>
  using at = std::tuple_element_t<I, std::tuple<S...>>;
};

namespace detail {

template <class S>
constexpr auto outputs_of(shape s) {
  if constexpr (composite<S>)
    return S::outputs(s);
  else
    return std::array<named_shape, 0>{};
}

template <class S>
struct expectation {
  using type = expects<>;
};
template <class S>
requires requires { typename S::input; }
struct expectation<S> {
  using type = typename S::input;
};

template <class Position, int I>
struct inside;
template <int... Outer, int I>
struct inside<position<Outer...>, I> {
  using type = position<Outer..., I>;
};

/// Whether S takes In, and if not, the innermost layer that does not.
template <class S, shape In, class Position>
constexpr auto verdict() {
  if constexpr (In != nothing && S::accepts(In))
    return accepted{};
  else if constexpr (composite<S> && In != nothing)
    return S::template fault<In, Position>();
  else
    return rejects<S, Position, got<In>, typename expectation<S>::type>{};
}

}  // namespace detail
}  // namespace auris
