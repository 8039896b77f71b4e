#pragma once
#include <auris/nn/compose/leaf.hpp>

namespace auris {

namespace detail {
struct reshaping {
  struct bind {
    static constexpr bool streams = true, reshapes = true;
    template <class C>
    static void forward(C, in<C>, out<C>) {}  // never called: composites pass the memory on
    template <class C>
    static void backward(C, in<C>, in<C>, in<C>, out<C>) {}
  };
};
}  // namespace detail

/// (time, mel, channel) -> (time, mel * channel), feature = mel * channels + channel. Costs nothing: the values stay
/// where they are. A checkpoint from PyTorch orders the features channel by channel: wrap the layer behind in
/// `channel_major<mels, ...>`.
///
///     struct net : bind<sequential<fold, linear<8>>, dims(dyn, 3, 128)> {};
///     static_assert(net::parameters == 8 * 384 + 8);
struct fold : detail::reshaping {
  using input = expects<axis::time, known<axis::mel>, known<axis::channel>>;
  static constexpr bool accepts(shape s) { return s.rank == 3 && s[1] != dyn && s[2] != dyn; }
  static constexpr shape infer(shape s) { return dims(s[0], s[1] * s[2]); }
};

/// (time, mel) -> (time, mel, 1): features as an image with one channel. Costs nothing.
///
///     struct net : bind<sequential<as_image, conv2d<8>>, dims(dyn, 64)> {};
///     static_assert(net::shape_of<"main"> == dims(dyn, 64, 8));
struct as_image : detail::reshaping {
  using input = expects<axis::time, known<axis::mel>>;
  static constexpr bool accepts(shape s) { return s.rank == 2 && s[1] != dyn; }
  static constexpr shape infer(shape s) { return dims(s[0], s[1], 1); }
};

}  // namespace auris
