#pragma once
#include <auris/backend/cpu/loops.hpp>
#include <auris/backend/cpu/winograd_tiles.hpp>
#include <auris/core/executor.hpp>

namespace auris::detail {

/// The gradient of the weights of a convolution as Winograd computes it (winograd.hpp): products of (in, tiles) and
/// (tiles, out), whose sums are transformed to 3 x 3.
struct winograd_gradient {
  winograd_tiles tiles;
  idx in, out;

  static constexpr winograd_gradient of(const op::conv2d::size& s) { return {winograd_tiles::forward(s), s.in, s.out}; }

  /// Scratch of `run`, in scalars.
  constexpr idx workspace() const {
    return alignment_slack + in + values() * (input_value() + output_value() + weight_value());
  }

  /// dweight += the gradient for x and dy.
  [[gnu::noinline]] void run(executor& e, const float* x, const float* dy, float* dweight,
                             float* workspace) const noexcept {
    if (tiles.count() == 0) return;
    float* const zeros = aligned(workspace);
    float* const inputs = zeros + in;
    float* const outputs = inputs + values() * input_value();
    float* const sums = outputs + values() * output_value();
    for (idx i = 0; i < in; ++i) zeros[i] = 0;
    const idx blocks = (tiles.count() + most_tiles() - 1) / most_tiles();
    for (idx block = 0; block < blocks; ++block) {
      const idx first = tiles.count() * block / blocks, depth = tiles.count() * (block + 1) / blocks - first;
      for_ranges(e, depth, grain, [&](idx begin, idx end, int) {
        for (idx k = begin; k < end; ++k)
          transform(first + k, x, dy, zeros, inputs + k * line, outputs + k * product_width);
      });
      for_blocks(e, values() * panels(), [&](idx part, int) {
        const idx v = part / panels(), panel = part % panels();
        const float* b = outputs + v * output_value() + panel * most_tiles() * product_width;
        float* c = sums + v * weight_value() + panel * in * product_width;
        for (idx i = 0; i < in; i += line)
          loops::product_transposed(inputs + v * input_value() + i * most_tiles(), b, depth,
                                    block > 0 ? c + i * product_width : nullptr, product_width, c + i * product_width,
                                    product_width, false);
      });
    }
    for_blocks(e, panels(), [&](idx panel, int) {
      const idx o = panel * product_width;
      for (idx i = 0; i < in; ++i)
        loops::winograd_weight_gradient(tiles.sides, sums + (panel * in + i) * product_width, weight_value(),
                                        columns_of(panel), dweight + i * out + o, in * out);
    });
  }

 private:
  static constexpr idx grain = 8;

  constexpr idx values() const { return tiles.sides.values(); }
  constexpr idx panels() const { return (out + product_width - 1) / product_width; }
  constexpr idx columns_of(idx panel) const {
    const idx left = out - panel * product_width;
    return left < product_width ? left : product_width;
  }
  /// Tiles that are done together: so many that the sums, which every product reads and writes, are not most of the traffic.
  constexpr idx most_tiles() const {
    const idx even = in * out / (in + out), wanted = even < 32 ? 32 : even > 128 ? 128 : even;
    return tiles.count() < wanted ? tiles.count() : wanted;
  }
  // Scalars of each value: inputs [in / 16][tiles][16], outputs [panel][tiles][product_width], sums [panel][in][product_width].
  // One line more, as caches have few places for powers of two.
  constexpr idx input_value() const { return most_tiles() * in + line; }
  constexpr idx output_value() const { return most_tiles() * panels() * product_width + line; }
  constexpr idx weight_value() const { return panels() * in * product_width + line; }

  void transform(idx tile, const float* x, const float* dy, const float* zeros, float* input,
                 float* output) const noexcept {
    const winograd_tiles::place p = tiles.at(tile);
    const float* at[winograd_sides::most_values];
    tiles.inputs(p, x, in, zeros, at);
    loops::winograd_input(tiles.sides, at, in, input, most_tiles() * line, input_value());
    for (idx panel = 0; panel < panels(); ++panel)
      loops::winograd_output_gradient(tiles.sides, dy + tiles.row(p) * out + panel * product_width,
                                      tiles.mel.places * out, out, tiles.time.places - p.time, tiles.mel.places - p.mel,
                                      columns_of(panel), output + panel * most_tiles() * product_width, output_value());
  }
};

}  // namespace auris::detail
