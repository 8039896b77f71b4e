#pragma once
#include <auris/nn/compose/deployed.hpp>
#include <auris/nn/compose/named.hpp>
#include <auris/nn/compose/parallel.hpp>
#include <auris/nn/global_pool.hpp>
#include <auris/nn/linear.hpp>
#include <auris/nn/relu.hpp>
#include <auris/nn/sigmoid.hpp>

namespace auris {

namespace detail {
template <idx Channels, idx Reduction>
struct excitation
    : sequential<
          global_average,
          named<"fc", sequential<linear<Channels / Reduction, no_bias>, relu, linear<Channels, no_bias>, sigmoid>>> {};
template <idx Channels, idx Reduction>
struct excited : parallel<auris::product, identity, excitation<Channels, Reduction>> {};
}  // namespace detail

/// Squeeze and excitation: every channel times a factor in (0, 1) that depends on the means of all channels.
///
///     y = x sigmoid(W_2 relu(W_1 m)),  m = mean over time and mel of x
///
/// Shape       (time, mel, channel) or (time, channel), unchanged; the channels known at compile time and a multiple of
///             Reduction.
/// Parameters  fc.0.weight (channels / Reduction, channels), fc.2.weight (channels, channels / Reduction): no biases.
/// Memory      parameters 2 channels^2 / Reduction; cache and workspace of a `parallel` with a branch that is the input.
/// Streaming   no: it needs the whole clip.
/// Errors      `rejects<squeeze_excitation<...>, ...>` where the channels are not known or do not divide.
/// Source      Hu, Shen and Sun 2018, eq. 2 to 4
///
///     struct net : bind<sequential<conv2d<384>, batch_norm, squeeze_excitation<16>>, dims(dyn, 8, 256)> {};
///     static_assert(net::shape_of<"main"> == dims(dyn, 8, 384));
template <idx Reduction = 16>
struct squeeze_excitation {
  static_assert(Reduction > 0, "auris: channels are divided by the reduction");
  using definition = squeeze_excitation;
  using input = expects<any_axes, known<axis::channel>>;
  using items = specs<>;  // no outputs inside
  static constexpr bool accepts(shape s) {
    return s.rank >= 2 && s[-1] != dyn && s[-1] >= Reduction && s[-1] % Reduction == 0;
  }
  static constexpr shape infer(shape s) { return s; }
  static constexpr auto outputs(shape) { return std::array<named_shape, 0>{}; }
  template <shape In, class Position>
  static constexpr auto fault() {
    return rejects<squeeze_excitation, Position, got<In>, input>{};
  }
  template <class Self, shape In>
  using layer = bound<detail::excited<In[-1], Reduction>, In>;
};

namespace detail {
template <idx Reduction>
struct deploy_rule<squeeze_excitation<Reduction>> {
  using type = squeeze_excitation<Reduction>;
};
}  // namespace detail

}  // namespace auris
