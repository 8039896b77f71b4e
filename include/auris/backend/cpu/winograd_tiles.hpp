#pragma once
#include <auris/backend/cpu/winograd_sides.hpp>

namespace auris::detail {

/// The tiles of Winograd's convolution (winograd.hpp).
struct winograd_tiles {
  struct axis {
    idx places, extent, before;  ///< of y; of x; padding
  };
  idx items;
  axis time, mel;
  winograd_sides sides;

  static constexpr winograd_tiles forward(const op::conv2d::size& s) {
    return {s.items, forward(s.time), forward(s.mel), winograd_sides::of(s)};
  }
  /// For the gradient of x: the same with dy, and the weights turned around.
  static constexpr winograd_tiles backward(const op::conv2d::size& s) {
    return {s.items, backward(s.time), backward(s.mel), winograd_sides::of(s)};
  }

  constexpr idx count() const { return items * times() * mels(); }

  /// The first output of a tile.
  struct place {
    idx item, time, mel;
  };
  place at(idx tile) const {
    const idx row = tile / mels();
    return {row / times(), row % times() * sides.time, tile % mels() * sides.mel};
  }
  /// Its row of y.
  idx row(const place& p) const { return (p.item * time.places + p.time) * mel.places + p.mel; }
  /// Where the inputs of a tile stand in x: at `zeros` outside of it.
  void inputs(const place& p, const float* x, idx channels, const float* zeros, const float** to) const {
    for (idx a = 0; a < sides.time + 2; ++a)
      for (idx b = 0; b < sides.mel + 2; ++b) {
        const idx t = p.time - time.before + a, f = p.mel - mel.before + b;
        const bool inside = t >= 0 && t < time.extent && f >= 0 && f < mel.extent;
        *to++ = inside ? x + ((p.item * time.extent + t) * mel.extent + f) * channels : zeros;
      }
  }

 private:
  static constexpr axis forward(const op::conv2d::axis& a) { return {a.outputs(), a.extent, a.before}; }
  static constexpr axis backward(const op::conv2d::axis& a) { return {a.extent, a.outputs(), 2 - a.before}; }
  constexpr idx times() const { return (time.places + sides.time - 1) / sides.time; }
  constexpr idx mels() const { return (mel.places + sides.mel - 1) / sides.mel; }
};

}  // namespace auris::detail
