#pragma once
#include <auris/backend/cpu/loops.hpp>
#include <auris/core/executor.hpp>

namespace auris::detail {

/// The transformed weights of Winograd's convolution (winograd.hpp), as b of its products and in the order of their use:
/// [column block][values][panel of the block][in][product_width], zeros behind the last column.
struct winograd_weights {
  winograd_sides sides;
  idx in, out;  ///< whole lines

  /// Panels of a block: so many that what is read of the inputs is used for long, but blocks enough for threads to divide.
  constexpr idx block_panels() const {
    const idx quarter = panels() / 4, most = quarter < 4 ? 4 : quarter > 8 ? 8 : quarter;
    return most < panels() ? most : panels();
  }
  constexpr idx panels() const { return (out + product_width - 1) / product_width; }
  constexpr idx blocks() const { return (panels() + block_panels() - 1) / block_panels(); }
  constexpr idx panel_size() const { return in * product_width; }
  constexpr idx size() const { return sides.values() * panels() * panel_size(); }
  /// Panels of one block: fewer in the last.
  constexpr idx panels_of(idx block) const {
    const idx left = panels() - block * block_panels();
    return left < block_panels() ? left : block_panels();
  }
  /// Where a panel starts.
  constexpr idx place(idx block, idx value, idx panel) const {
    return (block * block_panels() * sides.values() + value * panels_of(block) + panel) * panel_size();
  }

  /// Of the contract's weights (3, 3, in, out).
  [[gnu::noinline]] void transform(executor& e, const float* weight, float* to) const noexcept {
    for_blocks(e, panels(), [&](idx panel, int) {
      const idx block = panel / block_panels(), next = panels_of(block) * panel_size();
      float* const p = to + place(block, 0, panel % block_panels());
      for (idx j = 0, o = panel * product_width; j < product_width; j += line, o += line)
        if (o < out)
          loops::winograd_weights(sides, weight + o, in * out, out, in, p + j, product_width, next);
        else
          clear(p + j, next);
    });
  }
  /// Of weights (3, 3, out, in), from the last tap to the first: for the gradient of x.
  [[gnu::noinline]] void transform_flipped(executor& e, const float* weight, float* to) const noexcept {
    for_blocks(e, panels(), [&](idx panel, int) {
      const idx block = panel / block_panels(), next = panels_of(block) * panel_size();
      float* const p = to + place(block, 0, panel % block_panels());
      for (idx j = 0, o = panel * product_width; j < product_width; j += line, o += line)
        if (o < out)
          for (idx i = 0; i < in; i += line) {
            alignas(64) float square[9 * line * line];
            for (idx tap = 0; tap < 9; ++tap)
              loops::transpose_square(weight + ((8 - tap) * out + o) * in + i, in, square + tap * line * line, line);
            loops::winograd_weights(sides, square, line * line, line, line, p + i * product_width + j, product_width,
                                    next);
          }
        else
          clear(p + j, next);
    });
  }

 private:
  /// The second half of a panel.
  void clear(float* p, idx next) const noexcept {
    for (idx value = 0; value < sides.values(); ++value)
      for (idx i = 0; i < in; ++i)
        for (idx q = 0; q < line; ++q) p[value * next + i * product_width + q] = 0;
  }
};

}  // namespace auris::detail
