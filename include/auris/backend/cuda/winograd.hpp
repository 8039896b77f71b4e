#pragma once
#include <auris/op/conv2d.hpp>

namespace auris::detail::gpu {

/// A convolution of 3 x 3 with stride 1 as Winograd computes it: 2 x 2 outputs from 4 x 4 inputs with 16 multiplications
/// for each pair of channels instead of 36. Inputs, weights and outputs are transformed by additions; in between lie 16
/// products of (tiles, in) and (in, out). Tiles are done so many at a time that what lies in between mostly stays in the cache.
///
/// Source      Lavin and Gray 2016, "Fast algorithms for convolutional neural networks", F(2 x 2, 3 x 3)
struct winograd_size {
  struct axis {
    idx places, extent, before;  ///< of y; of x; padding
    idx window = 1;              ///< places that are pooled: 1 or 2
    constexpr idx tiles() const { return (places + 1) / 2; }
  };
  idx items, in, out;
  axis time, mel;
  idx scalars_at_once = idx(1) << 24;  ///< of transformed inputs and outputs together

  static constexpr idx products = 16;

  static constexpr winograd_size forward(const op::conv2d::size& s) {
    return {s.items, s.in, s.out, forward(s.time, s.pool.time), forward(s.mel, s.pool.mel)};
  }
  /// The gradient of x is the same with dy, and the weights turned around.
  static constexpr winograd_size backward(const op::conv2d::size& s) {
    return {s.items, s.out, s.in, backward(s.time), backward(s.mel)};
  }
  /// Whether it is a convolution of this kind, and large enough to be worth the transforms.
  static constexpr bool suits(const op::conv2d::size& s) {
    constexpr idx least_channels = 128, least_tiles = 256;
    return suits(s.time) && suits(s.mel) && s.in >= least_channels && s.out >= least_channels &&
           forward(s).tiles() >= least_tiles;
  }

  constexpr idx tiles() const { return items * time.tiles() * mel.tiles(); }
  constexpr idx tiles_at_once() const {
    const idx fitting = scalars_at_once / (products * (in + out)), most = fitting > 0 ? fitting : 1;
    return tiles() < most ? tiles() : most;
  }
  /// Transformed weights, and inputs and outputs of the tiles that are done together.
  constexpr idx weights() const { return products * in * out; }
  constexpr idx inputs() const { return products * in * tiles_at_once(); }
  constexpr idx outputs() const { return products * out * tiles_at_once(); }
  constexpr idx workspace() const { return weights() + inputs() + outputs(); }

 private:
  static constexpr axis forward(const op::conv2d::axis& a, idx window) {
    return {a.outputs(), a.extent, a.before, window};
  }
  static constexpr axis backward(const op::conv2d::axis& a) { return {a.extent, a.outputs(), 2 - a.before}; }
  static constexpr bool suits(const op::conv2d::axis& a) { return a.kernel == 3 && a.stride == 1 && a.dilation == 1; }
};

}  // namespace auris::detail::gpu
