#pragma once
#include <auris/backend/cpu/packed_rows.hpp>
#include <auris/core/executor.hpp>
#include <type_traits>

namespace auris::detail {

// The matrix product of the CPU backend. b is packed into panels of product_width columns, once for many calls or for the
// whole call, a block by block into panels of product_rows rows; the innermost loop keeps a tile of c in registers. Every
// value of c is one chain of multiply-adds over the depth, so it depends neither on the tile nor on the block it falls into.
//
// b is stored as floats or, where weights are prepared so, as bf16_pair: `Stored`. What is computed with are floats.

/// What happens to c: `start` is null (c = a b), a row that is repeated (bias + a b), or c itself (c += a b).
struct destination {
  float* c;
  idx stride;
  const float* start = nullptr;
  idx start_stride = 0;
  bool rectify = false;

  static destination add_to(float* c, idx stride) { return {c, stride, c, stride, false}; }
};

struct product {
  static constexpr idx width = product_width;           ///< of a panel of b
  static constexpr idx depth_block = 384;               ///< of a tile: a panel of b stays in the first cache, or nearly
  static constexpr idx deep_block = 2 * depth_block;    ///< depth of a packed block of a: about 500 KB
  static constexpr idx packed_at_once = idx(1) << 22;   ///< scalars of b
  static constexpr idx bundle = 4;                      ///< panels of b that are packed together
  static constexpr idx worth_splitting = idx(1) << 20;  ///< multiply-adds
  static constexpr idx parts = 8;                       ///< of a product that is worth it

  static constexpr idx panels(idx columns) { return (columns + width - 1) / width; }
  /// Scalars of all of b, packed: [depth / depth_block][panel][depth_block][panel_row], the order of use.
  template <class Stored = float>
  static constexpr idx packed(idx columns, idx depth) {
    return panels(columns) * panel_row<Stored> * depth;
  }
  /// Scratch of one call of `run`, in scalars.
  [[gnu::noinline]] static constexpr idx workspace(idx rows, idx columns, idx depth, int workers) {
    return packed(columns, chunk(columns, depth)) + packed_workspace(rows, depth, workers);
  }
  /// Scratch of one call of `run_packed`.
  [[gnu::noinline]] static constexpr idx packed_workspace(idx rows, idx depth, int workers) {
    return alignment_slack +
           (packs_once(rows, depth) ? packed_rows::size(rows, depth) : workers * block_size(rows, depth));
  }

  /// Packs all of b.
  template <class B, class Stored>
  static void pack(executor& e, idx columns, idx depth, const B& b, Stored* to) noexcept {
    pack(e, columns, 0, depth, panel_source(b), to);
  }
  /// c = start + a b, a (rows, depth) given by its rows (`copy`) or, if Transposed, by the rows of its transpose, b packed.
  template <bool Transposed, class A, class Stored>
  static void run_packed(executor& e, idx rows, idx columns, idx depth, const A& a, const Stored* b,
                         const destination& to, float* workspace) noexcept {
    multiply(e, {rows, columns, depth, 0, depth}, row_source(a), packer<Transposed>, b, to, aligned(workspace));
  }
  /// The same, b (depth, columns) given by its panels.
  template <bool Transposed, class A, class B>
  [[gnu::noinline]] static void run(executor& e, idx rows, idx columns, idx depth, const A& a, const B& b,
                                    const destination& to, float* workspace) noexcept {
    run(e, rows, columns, depth, row_source(a), packer<Transposed>, panel_source(b), to, workspace);
  }

  /// All packed rows, with zeros behind them, times one panel of b.
  template <class Stored>
  [[gnu::noinline]] static void column(const float* a, idx rows, const Stored* b, idx columns, idx depth,
                                       const destination& d) noexcept {
    for (idx i = 0; i < rows;) {
      const idx left = rows - i;
      const idx r = left > 2 * product_few_rows ? product_rows
                    : left > product_few_rows   ? 2 * product_few_rows
                                                : product_few_rows;
      const auto tile = r == product_rows       ? loops::product_tile<Stored>.best()
                        : r == product_few_rows ? loops::product_few<Stored>.best()
                                                : loops::product_eight<Stored>.best();
      const float* rows_of_a = a + packed_rows::place(i, depth);
      const float* start = d.start ? d.start + i * d.start_stride : nullptr;
      float* c = d.c + i * d.stride;
      if (columns >= width && left >= r) {
        tile(rows_of_a, b, depth, start, d.start_stride, c, d.stride, d.rectify);
      } else {
        const idx there = left < r ? left : r, wide = columns < width ? columns : width;
        float edge[product_rows * width] = {};
        for (idx q = 0; start && q < there; ++q)
          for (idx j = 0; j < wide; ++j) edge[q * width + j] = start[q * d.start_stride + j];
        tile(rows_of_a, b, depth, edge, width, edge, width, d.rectify);
        for (idx q = 0; q < there; ++q)
          for (idx j = 0; j < wide; ++j) c[q * d.stride + j] = edge[q * width + j];
      }
      i += r;
    }
  }
  /// One row, whose lines are `a_line` apart, times all panels of b.
  template <class Stored>
  [[gnu::noinline]] static void row(const float* a, idx a_line, const Stored* b, idx columns, idx depth,
                                    const destination& d) noexcept {
    const idx whole = columns / width, rest = columns % width;
    if (whole > 0) loops::product_row<Stored>(a, a_line, b, depth, whole, d.start, d.c, d.rectify);
    if (rest == 0) return;
    float edge[width] = {};
    for (idx j = 0; d.start && j < rest; ++j) edge[j] = d.start[whole * width + j];
    loops::product_row<Stored>(a, a_line, b + whole * panel_row<Stored> * depth, depth, 1, edge, edge, d.rectify);
    for (idx j = 0; j < rest; ++j) d.c[whole * width + j] = edge[j];
  }

 private:
  template <bool Transposed>
  static constexpr packed_rows::packer packer = Transposed ? packed_rows::pack_transposed : packed_rows::pack;

  /// The part of a product that the depths [from, from + piece) make up.
  struct extent {
    idx rows, columns, depth, from, piece;
  };

  /// Packs depths [from, from + piece) of b.
  template <class Stored>
  [[gnu::noinline]] static void pack(executor& e, idx columns, idx from, idx piece, const panel_source& b,
                                     Stored* to) noexcept {
    const idx all = panels(columns), bundles = (all + bundle - 1) / bundle;
    const idx depths = (piece + depth_block - 1) / depth_block;
    for_blocks(e, bundles * depths, [&](idx block, int) {
      const idx k0 = block / bundles * depth_block, panel = block % bundles * bundle, j = panel * width;
      const idx k = k0 + depth_block < piece ? depth_block : piece - k0, count = bundle * width;
      b.panels(from + k0, k, j, columns - j < count ? columns - j : count, place(to, all, k0, panel, k));
    });
  }

  [[gnu::noinline]] static void run(executor& e, idx rows, idx columns, idx depth, const row_source& a,
                                    packed_rows::packer pack_a, const panel_source& b, const destination& to,
                                    float* workspace) noexcept {
    if (rows <= 0 || columns <= 0) return;
    float* const panels_of_b = aligned(workspace);
    const idx at_once = chunk(columns, depth);
    executor& packers = is_large(rows, columns, depth) ? e : calling_thread;
    idx from = 0;
    do {
      const idx piece = from + at_once < depth ? at_once : depth - from;
      pack(packers, columns, from, piece, b, panels_of_b);
      multiply(e, {rows, columns, depth, from, piece}, a, pack_a, panels_of_b, to,
               panels_of_b + packed(columns, at_once));
      from += at_once;
    } while (from < depth);
  }

  /// Where a panel of the block of k depths from k0 on starts in b, packed, which has `all` panels.
  template <class Stored>
  static Stored* place(Stored* b, idx all, idx k0, idx panel, idx k) {
    return b + (all * k0 + panel * k) * panel_row<std::remove_const_t<Stored>>;
  }

  /// c of the piece, the blocks of a packed into `scratch`: by each block of the work, or once for all where that is little.
  template <class Stored>
  [[gnu::noinline]] static void multiply(executor& e, const extent& x, const row_source& a, packed_rows::packer pack_a,
                                         const Stored* b, const destination& to, float* scratch) noexcept {
    if (x.rows <= 0 || x.columns <= 0) return;
    const idx scratch_size = block_size(x.rows, x.depth), all = panels(x.columns);
    const division by = division_of(x);
    const bool once = packs_once(x.rows, x.depth);
    // Panels that belong together: the loop for one row takes four.
    const idx unit = x.rows == 1 ? 4 : 1, units = parts_of(all, unit);
    if (once) pack_rows(a, pack_a, 0, x.rows, x.from, x.piece, scratch);

    for_blocks(e, by.rows * by.columns, [&](idx block, int worker) {
      const idx i = block / by.columns, group = block % by.columns;
      const idx r0 = split(x.rows, by.rows, i), rows = split(x.rows, by.rows, i + 1) - r0;
      const idx first = units * group / by.columns * unit * width;
      const idx behind = units * (group + 1) / by.columns * unit * width;
      const idx end = behind < x.columns ? behind : x.columns;
      const idx at_once = once ? x.piece : deep_block;
      float* const own = once ? scratch : scratch + worker * scratch_size;
      const idx step = x.rows == 1 ? end - first : width;
      idx from = 0;
      do {
        const idx deep = from + at_once < x.piece ? at_once : x.piece - from;
        if (!once) pack_rows(a, pack_a, r0, rows, x.from + from, deep, own);
        // All depths of some columns one after the other: c stays near.
        for (idx j = first; j < end; j += step)
          for_depths(deep, [&](idx k0, idx k) {
            const idx at = from + k0;
            destination d{to.c + r0 * to.stride + j, to.stride, to.start, to.start_stride,
                          to.rectify && x.from + at + k == x.depth};
            if (x.from + at > 0)
              d.start = d.c, d.start_stride = d.stride;
            else if (d.start)
              d.start += r0 * d.start_stride + j;
            const float* const of_a = own + packed_rows::size(rows, k0);
            const Stored* const of_b = place(b, all, at, j / width, k);
            if (x.rows == 1)
              row(of_a, product_rows * line, of_b, end - j, k, d);
            else
              column(of_a, rows, of_b, end - j, k, d);
          });
        from += at_once;
      } while (from < x.piece);
    });
  }
  /// work(k0, k) for each block of depths, at least once.
  template <class Work>
  static void for_depths(idx depth, const Work& work) {
    idx k0 = 0;
    do {
      work(k0, k0 + depth_block < depth ? depth_block : depth - k0);
      k0 += depth_block;
    } while (k0 < depth);
  }
  static void pack_rows(const row_source& a, packed_rows::packer pack_a, idx first, idx rows, idx from, idx depth,
                        float* to) noexcept {
    for_depths(depth, [&](idx k0, idx k) { pack_a(a, first, rows, from + k0, k, to + packed_rows::size(rows, k0)); });
  }

  static constexpr bool is_large(idx rows, idx columns, idx depth) { return rows * columns * depth >= worth_splitting; }
  static constexpr bool packs_once(idx rows, idx depth) { return rows <= product_rows && depth <= 16 * deep_block; }
  static constexpr idx tiles(idx rows) { return (rows + product_rows - 1) / product_rows; }
  /// Into how many parts rows and columns are cut.
  struct division {
    idx rows, columns;
  };
  /// Few columns are cut only where rows are few, too, since each part packs its rows of a again.
  static division division_of(const extent& x) {
    const idx least = (x.rows + packed_rows::most - 1) / packed_rows::most, all = panels(x.columns);
    if (!is_large(x.rows, x.columns, x.depth)) return {least, 1};
    const idx most = x.rows == 1 ? all / 4 : tiles(x.rows) == 1 ? all : all / 8;
    const idx columns = between(1, most, parts_of(parts, least));
    return {between(least, tiles(x.rows) / 2, parts_of(parts, columns)), columns};
  }
  static constexpr idx parts_of(idx count, idx by) { return (count + by - 1) / by; }
  /// As many as wanted, but at most `most` and at least `least`.
  static constexpr idx between(idx least, idx most, idx wanted) {
    const idx kept = wanted < most ? wanted : most;
    return kept > least ? kept : least;
  }
  /// Depth of b that is packed at once.
  static constexpr idx chunk(idx columns, idx depth) {
    idx most = packed_at_once / (panels(columns) * width + 1) / depth_block * depth_block;
    if (most < depth_block) most = depth_block;
    return depth < most ? depth : most;
  }
  static constexpr idx block_size(idx rows, idx depth) {
    return packed_rows::size(rows < packed_rows::most ? rows : packed_rows::most,
                             depth < deep_block ? depth : deep_block);
  }
  /// Where the i-th of `blocks` parts of the rows starts: whole tiles, evenly.
  static constexpr idx split(idx rows, idx blocks, idx i) {
    const idx at = tiles(rows) * i / blocks * product_rows;
    return at < rows ? at : rows;
  }
};

}  // namespace auris::detail
