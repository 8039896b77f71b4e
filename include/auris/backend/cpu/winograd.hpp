#pragma once
#include <auris/backend/cpu/pool_channels.hpp>
#include <auris/backend/cpu/winograd_tiles.hpp>
#include <auris/backend/cpu/winograd_weights.hpp>

namespace auris::detail {

/// A convolution of 3 x 3 with stride 1 as Winograd computes it: 6 x 4 outputs, say, from 8 x 6 inputs with 48 multiplications
/// for each pair of channels instead of 216. Inputs and weights are transformed by additions, so are the outputs; in between lie
/// 48 products of (tiles, in) and (in, out). Tiles are done so many at a time that what lies in between stays in the second
/// cache.
///
/// Source      Lavin and Gray 2016, "Fast algorithms for convolutional neural networks"
struct winograd {
  winograd_tiles tiles;
  idx in, out;
  op::conv2d::pooling pool = {};

  static constexpr winograd forward(const op::conv2d::size& s) {
    return {winograd_tiles::forward(s), s.in, s.out, s.pool};
  }
  /// For the gradient of x.
  static constexpr winograd backward(const op::conv2d::size& s) { return {winograd_tiles::backward(s), s.out, s.in}; }
  /// Whether it is a convolution of this kind, with channels enough to be worth the transforms.
  static constexpr bool suits(const op::conv2d::size& s) {
    return suits(s.time) && suits(s.mel) && s.in % line == 0 && s.out % line == 0 && s.in >= 2 * line && s.out >= line;
  }
  /// Whether a tile consists of whole windows.
  static constexpr bool pools(const op::conv2d::size& s) {
    const winograd_sides sides = winograd_sides::of(s);
    return sides.time % s.pool.time == 0 && sides.mel % s.pool.mel == 0;
  }
  /// Whether there are tiles enough, too, to be worth the transform of the weights.
  constexpr bool pays() const { return tiles.count() >= 40; }

  constexpr winograd_weights weights() const { return {tiles.sides, in, out}; }
  /// Scratch of `run`, in scalars.
  constexpr idx workspace(int workers) const {
    return alignment_slack + in + workers * block_groups() * (input_size() + output_size());
  }

  /// y = bias + x convolved with transformed weights; perhaps with a ReLU; pooled.
  [[gnu::noinline]] void run(executor& e, const float* x, const float* weights, const float* bias, bool rectify,
                             float* y, float* workspace) const noexcept {
    if (tiles.count() == 0) return;
    const task t{*this, x, weights, bias, y, aligned(workspace), rectify};
    for (idx i = 0; i < in; ++i) t.zeros[i] = 0;
    const idx blocks = tile_blocks();
    if (blocks >= enough_blocks || this->weights().blocks() == 1)
      return for_blocks(e, blocks, [&](idx block, int worker) {
        for (idx g = first_group(block); g < first_group(block + 1); ++g)
          t.transform(g, t.inputs(worker) + (g - first_group(block)) * input_size());
        for (idx columns = 0; columns < this->weights().blocks(); ++columns)
          t.multiply(block, columns, t.inputs(worker), t.outputs(worker));
      });
    // Few tiles: threads share what is transformed, and divide the columns.
    for (idx block = 0; block < blocks; ++block) {
      for_blocks(e, first_group(block + 1) - first_group(block),
                 [&](idx g, int) { t.transform(first_group(block) + g, t.inputs(0) + g * input_size()); });
      for_blocks(e, this->weights().blocks(),
                 [&](idx columns, int worker) { t.multiply(block, columns, t.inputs(0), t.outputs(worker)); });
    }
  }

 private:
  static constexpr idx enough_blocks = 8;  ///< to keep threads busy

  constexpr idx values() const { return tiles.sides.values(); }
  // Tiles go in groups of product_rows, groups in blocks.
  constexpr idx groups() const { return (tiles.count() + product_rows - 1) / product_rows; }
  /// At most so many groups in a block: few channels want what lies in between to stay in the cache, many want weights, which
  /// do not, to be read less often. Where there are few groups, and no columns for threads to divide, there is one in a block.
  constexpr idx block_groups() const {
    const bool few = weights().blocks() == 1 && groups() < 2 * enough_blocks;
    const idx most = few ? 1 : in <= 128 ? 2 : in <= 256 ? 4 : 6;
    return groups() < most ? groups() : most;
  }
  constexpr idx tile_blocks() const { return (groups() + block_groups() - 1) / block_groups(); }
  constexpr idx first_group(idx block) const { return groups() * block / tile_blocks(); }
  // One line more of each value, as caches have few places for what lies powers of two apart.
  /// Scalars of a transformed group: [values][in / 16][product_rows][16].
  constexpr idx input_size() const { return values() * input_value(); }
  constexpr idx input_value() const { return product_rows * in + line; }
  /// Scalars of its products with a block of columns: [panel][values][product_rows][product_width].
  constexpr idx output_size() const { return weights().block_panels() * output_panel(); }
  static constexpr idx output_value() { return product_rows * product_width + line; }
  constexpr idx output_panel() const { return values() * output_value(); }

  /// One call of `run`.
  struct task {
    const winograd& size;
    const float *x, *weights, *bias;
    float *y, *zeros;
    bool rectify;

    float* inputs(idx worker) const {
      return zeros + size.in + worker * size.block_groups() * (size.input_size() + size.output_size());
    }
    float* outputs(idx worker) const { return inputs(worker) + size.block_groups() * size.input_size(); }
    /// Tiles of a group: fewer in the last.
    idx tiles_of(idx group) const {
      const idx left = size.tiles.count() - group * product_rows;
      return left < product_rows ? left : product_rows;
    }

    void transform(idx group, float* to) const noexcept {
      const idx there = tiles_of(group);
      for (idx q = 0; q < there; ++q) {
        const float* at[winograd_sides::most_values];
        size.tiles.inputs(size.tiles.at(group * product_rows + q), x, size.in, zeros, at);
        loops::winograd_input(size.tiles.sides, at, size.in, to + q * line, product_rows * line, size.input_value());
      }
      for (idx q = there; q % product_few_rows != 0; ++q)  // as far as a product of few rows may reach
        for (idx v = 0; v < size.values(); ++v)
          for (idx c = 0; c < size.in; c += line)
            for (idx i = 0; i < line; ++i) to[v * size.input_value() + c * product_rows + q * line + i] = 0;
    }

    void multiply(idx block, idx columns, const float* from, float* products) const noexcept {
      const winograd_weights w = size.weights();
      const idx first = size.first_group(block), last = size.first_group(block + 1), panels = w.panels_of(columns);
      const auto whole = loops::product_tile<float>.best(), few = loops::product_few<float>.best();
      for (idx v = 0; v < size.values(); ++v)
        for (idx p = 0; p < panels; ++p) {
          const float* b = weights + w.place(columns, v, p);
          for (idx g = first; g < last; ++g) {
            const float* a = from + (g - first) * size.input_size() + v * size.input_value();
            float* c = products + ((g - first) * panels + p) * size.output_panel() + v * output_value();
            const idx there = tiles_of(g);
            if (there > product_rows - product_few_rows)
              whole(a, b, size.in, nullptr, 0, c, product_width, false);
            else
              for (idx q = 0; q < there; q += product_few_rows)
                few(a + q * line, b, size.in, nullptr, 0, c + q * product_width, product_width, false);
          }
        }
      for (idx g = first; g < last; ++g)
        for (idx q = 0; q < tiles_of(g); ++q)
          for (idx p = 0; p < panels; ++p)
            finish(g * product_rows + q, columns * w.block_panels() + p,
                   products + ((g - first) * panels + p) * size.output_panel() + q * product_width);
    }

    /// The outputs of one tile in one panel.
    void finish(idx tile, idx panel, const float* products) const noexcept {
      const winograd_tiles& all = size.tiles;
      const winograd_tiles::place at = all.at(tile);
      const idx o = panel * product_width, left = size.out - o, channels = left < product_width ? left : product_width;
      const float* const shift = bias ? bias + o : nullptr;
      if (size.pool.places() == 1)
        return loops::winograd_output(all.sides, products, output_value(), channels, shift, rectify,
                                      y + all.row(at) * size.out + o, all.mel.places * size.out, size.out,
                                      all.time.places - at.time, all.mel.places - at.mel);
      const idx row = all.sides.mel * product_width;
      alignas(64) float map[winograd_sides::most_outputs * product_width];
      loops::winograd_output(all.sides, products, output_value(), channels, shift, rectify, map, row, product_width,
                             all.sides.time, all.sides.mel);
      pool(at, channels, map, o);
    }
    /// Those windows of a tile that lie in y.
    void pool(const winograd_tiles::place& at, idx channels, const float* map, idx o) const noexcept {
      const winograd_sides sides = size.tiles.sides;
      const idx row = sides.mel * product_width;
      const op::conv2d::pooling& p = size.pool;
      const pool_window window{p.time, row, p.mel, product_width};
      const idx times = size.tiles.time.places / p.time, mels = size.tiles.mel.places / p.mel;
      const idx first_time = at.time / p.time, first_mel = at.mel / p.mel;
      for (idx t = 0; t < sides.time / p.time && first_time + t < times; ++t)
        for (idx f = 0; f < sides.mel / p.mel && first_mel + f < mels; ++f) {
          const float* const from = map + t * p.time * row + f * p.mel * product_width;
          float* const to = y + ((at.item * times + first_time + t) * mels + first_mel + f) * size.out + o;
          pool_window_of(p, window, channels, from, to);
        }
    }
  };

  static constexpr bool suits(const op::conv2d::axis& a) { return a.kernel == 3 && a.stride == 1 && a.dilation == 1; }
};

}  // namespace auris::detail
