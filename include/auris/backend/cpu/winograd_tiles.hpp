#pragma once
#include <auris/op/conv2d.hpp>

namespace auris::detail {

/// The tiles of Winograd's convolution (winograd.hpp): 4 x 4 outputs, which see 6 x 6 inputs.
struct winograd_tiles {
  static constexpr idx side = 4, window = 6, values = window * window;

  struct axis {
    idx places, extent, before;  ///< of y; of x; padding
    constexpr idx tiles() const { return (places + side - 1) / side; }
  };
  idx items;
  axis time, mel;

  static constexpr winograd_tiles forward(const op::conv2d::size& s) {
    return {s.items, forward(s.time), forward(s.mel)};
  }
  /// For the gradient of x: the same with dy, and the weights turned around.
  static constexpr winograd_tiles backward(const op::conv2d::size& s) {
    return {s.items, backward(s.time), backward(s.mel)};
  }

  constexpr idx count() const { return items * time.tiles() * mel.tiles(); }

  /// The first output of a tile.
  struct place {
    idx item, time, mel;
  };
  place at(idx tile) const {
    const idx row = tile / mel.tiles();
    return {row / time.tiles(), row % time.tiles() * side, tile % mel.tiles() * side};
  }
  /// Its row of y.
  idx row(const place& p) const { return (p.item * time.places + p.time) * mel.places + p.mel; }
  /// Where the inputs of a tile stand in x: at `zeros` outside of it.
  void inputs(const place& p, const float* x, idx channels, const float* zeros, const float** to) const {
    for (idx a = 0; a < window; ++a)
      for (idx b = 0; b < window; ++b) {
        const idx t = p.time - time.before + a, f = p.mel - mel.before + b;
        const bool inside = t >= 0 && t < time.extent && f >= 0 && f < mel.extent;
        *to++ = inside ? x + ((p.item * time.extent + t) * mel.extent + f) * channels : zeros;
      }
  }

 private:
  static constexpr axis forward(const op::conv2d::axis& a) { return {a.outputs(), a.extent, a.before}; }
  static constexpr axis backward(const op::conv2d::axis& a) { return {a.extent, a.outputs(), 2 - a.before}; }
};

}  // namespace auris::detail
