#pragma once
#include <auris/backend/cpu/blocks.hpp>
#include <auris/backend/cpu/pool_channels.hpp>
#include <auris/op/conv2d.hpp>

namespace auris::detail {

/// A convolution of one channel without gathered rows: values of x are read where they stand in a row with its padding, one
/// for each place of a tile.
struct single_channel {
  op::conv2d::size size;

  static constexpr bool suits(const op::conv2d::size& s) {
    return s.in == 1 && s.out >= line && s.mel.stride == 1 && s.depth() <= most_taps;
  }
  /// Scratch of `run`, in scalars.
  constexpr idx workspace(int workers) const { return workers * (taps_size() + map_size()); }

  /// y as `op::conv2d` has it. weights: those of `product::pack`, [panel][tap][product_width].
  [[gnu::noinline]] void run(executor& e, const float* x, const float* weights, const float* bias, float* y,
                             float* workspace) const noexcept {
    const idx mels = size.pooled_mel(), times = size.pooled_time(), line_size = size.mel.outputs() * size.out;
    const bool pools = size.pool.places() > 1;
    const pool_window window{size.pool.time, line_size, size.pool.mel, size.out};
    idx at[most_taps];
    find_taps(at);
    for_ranges(e, mels > 0 ? size.items * times : 0, row_grain(size.pool.time * line_size),
               [&](idx begin, idx end, int worker) {
                 float* const rows = workspace + worker * (taps_size() + map_size());
                 for (idx r = begin; r < end; ++r) {
                   float *const to = y + r * mels * size.out, *const map = pools ? rows + taps_size() : to;
                   for (idx a = 0; a < size.pool.time; ++a) {
                     copy_rows(x, r / times, r % times * size.pool.time + a, rows);
                     convolve(rows, at, weights, bias, map + a * line_size);
                   }
                   for (idx f = 0; pools && f < mels; ++f)
                     pool_window_of(size.pool, window, size.out, map + f * size.pool.mel * size.out, to + f * size.out);
                 }
               });
  }

  /// Whether `gradient` suits, too.
  static constexpr bool gradient_suits(const op::conv2d::size& s) { return suits(s) && s.out % product_width == 0; }
  constexpr idx gradient_workspace(int workers) const { return workers * taps_size() + blocks() * block_size(); }
  /// dweight += the gradient for x and dy: sums of blocks of rows, which are then added in order.
  [[gnu::noinline]] void gradient(executor& e, const float* x, const float* dy, float* dweight,
                                  float* workspace) const noexcept {
    const idx mels = size.mel.outputs(), taps = size.depth();
    idx at[most_taps] = {};
    find_taps(at);
    float* const sums = workspace + e.workers() * taps_size();
    for_ranges(e, all_rows(), grain(), [&](idx begin, idx end, int worker) {
      float* const rows = workspace + worker * taps_size();
      float* const sum = sums + begin / grain() * block_size();
      for (idx i = 0; i < block_size(); ++i) sum[i] = 0;
      for (idx r = begin; r < end; ++r) {
        copy_rows(x, r / size.time.outputs(), r % size.time.outputs(), rows);
        float* c = sum;
        for (idx o = 0; o < size.out; o += product_width)
          for (idx tap = 0; tap < taps; tap += product_rows, c += product_rows * product_width)
            loops::window_gradient_tile(rows, at + tap, dy + r * mels * size.out + o, size.out, mels, c);
      }
    });
    for (idx block = 0; block < blocks(); ++block)
      for (idx o = 0; o < size.out; o += product_width)
        for (idx tap = 0; tap < taps; ++tap)
          apply(loops::add_to, product_width, dweight + tap * size.out + o,
                sums + block * block_size() + (o / product_width * padded_taps() + tap) * product_width);
  }

 private:
  static constexpr idx most_taps = 20 * product_rows;

  constexpr idx all_rows() const { return size.items * size.time.outputs(); }
  /// Rows of a block of `gradient`.
  constexpr idx grain() const {
    constexpr idx most_blocks = 64;
    const idx least = row_grain(size.mel.outputs() * size.out), even = (all_rows() + most_blocks - 1) / most_blocks;
    return least > even ? least : even;
  }
  constexpr idx blocks() const { return (all_rows() + grain() - 1) / grain(); }
  constexpr idx padded_taps() const { return (size.depth() + product_rows - 1) / product_rows * product_rows; }
  constexpr idx block_size() const { return padded_taps() * size.out; }
  void find_taps(idx* at) const {
    for (idx tap = 0; tap < size.depth(); ++tap)
      at[tap] = tap / size.mel.kernel * row() + tap % size.mel.kernel * size.mel.dilation;
  }

  /// Scalars of what one row of y sees.
  constexpr idx taps_size() const { return size.time.kernel * row(); }
  /// Of the rows that are pooled together.
  constexpr idx map_size() const { return size.pool.places() > 1 ? size.pool.time * size.mel.outputs() * size.out : 0; }
  /// Scalars of a row of x with its padding, as far as a tile may reach.
  constexpr idx row() const {
    const idx mels = size.mel.outputs();
    return (mels < product_rows ? product_rows : mels) + (size.mel.kernel - 1) * size.mel.dilation;
  }
  /// What one row of y sees.
  void copy_rows(const float* x, idx item, idx time, float* to) const noexcept {
    for (idx i = 0; i < size.time.kernel; ++i) copy_row(x, item, time, i, to + i * row());
  }
  void copy_row(const float* x, idx item, idx time, idx tap, float* to) const noexcept {
    const idx t = time * size.time.stride + tap * size.time.dilation - size.time.before, before = size.mel.before;
    for (idx i = 0; i < row(); ++i) to[i] = 0;
    if (t < 0 || t >= size.time.extent) return;
    const idx room = row() - before, count = size.mel.extent < room ? size.mel.extent : room;
    if (count > 0)
      __builtin_memcpy(to + before, x + (item * size.time.extent + t) * size.mel.extent,
                       sizeof(float) * static_cast<std::size_t>(count));
  }
  /// One row of y.
  void convolve(const float* rows, const idx* at, const float* weights, const float* bias, float* y) const noexcept {
    const idx mels = size.mel.outputs();
    for (idx f = 0; f < mels; f += product_rows) {
      // The last tile of a row overlaps the one before, which changes nothing.
      const idx first = f + product_rows <= mels || mels < product_rows ? f : mels - product_rows;
      const idx there = mels < product_rows ? mels : product_rows;
      for (idx o = 0; o < size.out; o += product_width)
        tile(rows + first, at, weights + o * size.depth(), bias ? bias + o : nullptr, there, size.out - o,
             y + first * size.out + o);
    }
  }
  void tile(const float* x, const idx* at, const float* weights, const float* bias, idx places, idx channels,
            float* y) const noexcept {
    if (places == product_rows && channels >= product_width)
      return loops::window_tile(x, at, weights, size.depth(), bias, y, size.out, size.rectify);
    float start[product_width] = {}, edge[product_rows * product_width];
    const idx wide = channels < product_width ? channels : product_width;
    for (idx j = 0; bias && j < wide; ++j) start[j] = bias[j];
    loops::window_tile(x, at, weights, size.depth(), start, edge, product_width, size.rectify);
    for (idx i = 0; i < places; ++i)
      for (idx j = 0; j < wide; ++j) y[i * size.out + j] = edge[i * product_width + j];
  }
};

}  // namespace auris::detail
