// Compile-time errors: a verdict is a type whose arguments are the message, and check<verdict> the only place that raises it.
#pragma once
#include <auris/core/label.hpp>
#include <auris/core/shape.hpp>
#include <type_traits>

namespace auris {

/// Where in the network a layer stands: the index in each list from the outermost inwards.
template <int... Index>
struct position;

/// What a layer got, and what it accepts.
template <shape S>
struct got;
template <class... Axes>
struct expects;

// The words of `expects`: axes in order. "known" axes must be known at compile time.
namespace axis {
struct time;
struct mel;
struct channel;
struct feature;
}  // namespace axis
template <class Axis>
struct known;
struct any_axes;

struct accepted : std::true_type {};
template <class Layer, class Position, class Got, class Expects>
struct rejects : std::false_type {};
template <class Merge, class Position, class First, class Other>
struct cannot_merge : std::false_type {};
template <class Layer>
struct has_no_backward : std::false_type {};
template <class Layer>
struct cannot_stream : std::false_type {};
template <class Layer>
struct has_no_deployed_form : std::false_type {};
template <class... Names>
struct available;
template <class Name, class Available>
struct no_output : std::false_type {};
template <class Name>
struct duplicate_output : std::false_type {};

template <class Verdict>
struct check {
  static constexpr bool ok = true;
};
template <class L, class P, class G, class E>
struct check<rejects<L, P, G, E>> {
  static constexpr bool ok = false;
  static_assert(
      rejects<L, P, G, E>::value,
      "auris: a layer does not accept the shape that reaches it; read rejects<Layer, Position, Got, Expects>");
};
template <class M, class P, class A, class B>
struct check<cannot_merge<M, P, A, B>> {
  static constexpr bool ok = false;
  static_assert(
      cannot_merge<M, P, A, B>::value,
      "auris: parallel branches yield shapes that do not fit; read cannot_merge<Merge, Position, First, Other>");
};
template <class L>
struct check<has_no_backward<L>> {
  static constexpr bool ok = false;
  static_assert(has_no_backward<L>::value,
                "auris: a layer of this network cannot be trained; read has_no_backward<Layer>");
};
template <class L>
struct check<cannot_stream<L>> {
  static constexpr bool ok = false;
  static_assert(cannot_stream<L>::value,
                "auris: a layer needs frames to come, so it cannot stream; read cannot_stream<Layer>");
};
template <class L>
struct check<has_no_deployed_form<L>> {
  static constexpr bool ok = false;
  static_assert(
      has_no_deployed_form<L>::value,
      "auris: a layer with running statistics does not say how to prepare them; read has_no_deployed_form<Layer>");
};
template <class N, class A>
struct check<no_output<N, A>> {
  static constexpr bool ok = false;
  static_assert(no_output<N, A>::value,
                "auris: the network has no output of this name; read no_output<Name, available<Names>>");
};
template <class N>
struct check<duplicate_output<N>> {
  static constexpr bool ok = false;
  static_assert(duplicate_output<N>::value,
                "auris: two outputs of the network share a name; read duplicate_output<Name>");
};

}  // namespace auris
