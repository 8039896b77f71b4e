#pragma once
#include <auris/core/shape.hpp>
#include <initializer_list>
#include <type_traits>

namespace auris::detail::gpu {

/// How the product of a (rows, depth) and b (depth, columns) is cut into blocks of threads: which tile of c a block
/// computes, and over how many blocks the depth of a tile is split. It follows from the sizes alone, never from the device,
/// so every GPU adds in the same order.
struct product_plan {
  enum class tile { small, narrow, large };  ///< 64 x 64, 128 x 64, 128 x 128
  tile shape = tile::small;
  idx splits = 1;
  idx depth_each = 0;  ///< of one split

  static constexpr idx depth_step = 16;

  /// The plan that should take the least time on a large GPU.
  template <class T>
  static constexpr product_plan of(idx rows, idx columns, idx depth) {
    return cheapest<T>(rows, columns, [&](tile t) { return split(t, rows, columns, depth); });
  }
  /// With given splits, whose parts the caller wants one by one.
  template <class T>
  static constexpr product_plan parts(idx rows, idx columns, idx depth_each, idx splits) {
    return cheapest<T>(rows, columns, [&](tile t) { return product_plan{t, splits, depth_each}; });
  }

  /// With a given tile: the depth is split where c has too few tiles to fill a GPU.
  static constexpr product_plan split(tile t, idx rows, idx columns, idx depth) {
    constexpr idx most = 256, least_depth = 256;
    product_plan p{t};
    const idx tiles = p.tiles(rows, columns), by_depth = depth / least_depth;
    p.splits = tiles > 0 ? 4 * processors / tiles : 1;
    if (p.splits > by_depth) p.splits = by_depth;
    if (p.splits > most) p.splits = most;
    if (p.splits < 1) p.splits = 1;
    p.depth_each = ceil(ceil(depth, p.splits), depth_step) * depth_step;
    if (p.depth_each > 0) p.splits = ceil(depth, p.depth_each);
    return p;
  }

  /// Scalars of the partial sums.
  constexpr idx workspace(idx rows, idx columns) const { return splits > 1 ? splits * rows * columns : 0; }

 private:
  static constexpr idx processors = 132;  // multiprocessors of a large GPU

  static constexpr idx ceil(idx a, idx b) { return (a + b - 1) / b; }
  constexpr idx tile_rows() const { return shape == tile::small ? 64 : 128; }
  constexpr idx tile_columns() const { return shape == tile::large ? 128 : 64; }
  constexpr idx tiles(idx rows, idx columns) const { return ceil(rows, tile_rows()) * ceil(columns, tile_columns()); }

  template <class T, class Make>
  static constexpr product_plan cheapest(idx rows, idx columns, const Make& make) {
    product_plan best = make(tile::small);
    if constexpr (std::is_same_v<T, float>)  // 64 sums in double do not fit into the registers of a thread
      for (const tile t : {tile::narrow, tile::large})
        if (const product_plan p = make(t); p.cost(rows, columns) < best.cost(rows, columns)) best = p;
    return best;
  }
  /// Multiply-adds that the busiest multiprocessor does, dearer in small tiles, which read more of shared memory for each.
  constexpr idx cost(idx rows, idx columns) const {
    const idx price = shape == tile::small ? 16 : shape == tile::narrow ? 11 : 10;
    return ceil(tiles(rows, columns) * splits, processors) * tile_rows() * tile_columns() * depth_each * price;
  }
};

/// Scratch of `multiply` for these sizes, in scalars.
template <class T>
constexpr idx product_workspace(idx rows, idx columns, idx depth) {
  return product_plan::of<T>(rows, columns, depth).workspace(rows, columns);
}

}  // namespace auris::detail::gpu
