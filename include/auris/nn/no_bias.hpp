#pragma once

namespace auris {

/// Option of layers that have a bias: this one has none.
///
///     struct net : bind<linear<17, no_bias>, dims(dyn, 64)> {};
///     static_assert(net::parameters == 17 * 64);
struct no_bias {
  template <class Options>
  static constexpr void set(Options& o) {
    o.bias = false;
  }
};

}  // namespace auris
