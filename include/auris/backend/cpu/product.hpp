#pragma once
#include <auris/backend/cpu/transpose.hpp>
#include <auris/core/executor.hpp>

namespace auris::detail {

// The matrix product of the CPU backend. b is packed into panels of product_width columns for the whole call, a block by
// block into panels of product_rows rows; the innermost loop keeps a tile of c in registers. Every value of c is one chain
// of multiply-adds over the depth, so it depends neither on the tile nor on the block it falls into.

/// Where a or b comes from: row r, columns [from, from + count) of a row-major matrix.
struct matrix_rows {
  const float* p;
  idx stride;  ///< from row to row

  /// Writes count values of a row from `from` on, in lines, `distance` apart.
  void copy(idx row, idx from, idx count, float* to, idx distance) const {
    const float* x = p + row * stride + from;
    for (; count >= line; count -= line, x += line, to += distance) __builtin_memcpy(to, x, sizeof(float) * line);
    for (idx i = 0; i < count; ++i) to[i] = x[i];
  }
  /// As b: the values (from + i, column + j), i < depth, j < columns, in panels of rows of product_width, filled up with zeros.
  void panels(idx from, idx depth, idx column, idx columns, float* to) const {
    for (idx i = 0; i < depth; ++i, to += product_width) {
      const float* x = p + (from + i) * stride + column;
      float* y = to;
      idx left = columns;
      for (; left >= product_width; left -= product_width, x += product_width, y += depth * product_width)
        __builtin_memcpy(y, x, sizeof(float) * product_width);
      if (left > 0)
        for (idx j = 0; j < product_width; ++j) y[j] = j < left ? x[j] : 0;
    }
  }
};

/// As b: the transpose of a row-major matrix.
struct matrix_columns {
  const float* p;
  idx stride;

  void panels(idx from, idx depth, idx column, idx columns, float* to) const {
    for (; columns > 0; column += product_width, columns -= product_width, to += depth * product_width) {
      const idx kept = columns < product_width ? columns : product_width;
      if (kept < product_width)
        for (idx i = 0; i < depth * product_width; ++i) to[i] = 0;
      transpose(kept, depth, p + column * stride + from, stride, to, product_width);
    }
  }
};

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
  static constexpr idx width = product_width;  ///< of a panel of b
  static constexpr idx depth_block = 384;      ///< of a packed block of a
  static constexpr idx row_block =
      20 * product_rows;  ///< rows of a packed block of a, whole tiles of either order: about 360 KB
  static constexpr idx packed_at_once = idx(1) << 22;   ///< scalars of b
  static constexpr idx bundle = 8;                      ///< panels of b that are packed together
  static constexpr idx worth_splitting = idx(1) << 20;  ///< multiply-adds

  /// Scratch of one call of `run`, in scalars.
  [[gnu::noinline]] static constexpr idx workspace(idx rows, idx columns, idx depth, int workers) {
    return alignment_slack + whole_lines(panels(columns) * width * chunk(columns, depth)) +
           workers * block_size(rows, depth);
  }

  /// c = start + a b, a (rows, depth) given by its rows (`copy`) or, if Transposed, by the rows of its transpose; b
  /// (depth, columns) by its panels.
  template <bool Transposed, class A, class B>
  [[gnu::noinline]] static void run(executor& e, idx rows, idx columns, idx depth, const A& a, const B& b,
                                    const destination& to, float* workspace) noexcept {
    run(e, rows, columns, depth, row_source(a), Transposed, panel_source(b), to, workspace);
  }

  /// Scalars of a b that is packed as a whole, once for many calls.
  static constexpr idx packed(idx columns, idx depth) { return panels(columns) * width * depth; }
  /// Packs b; `to` starts a line.
  template <class B>
  [[gnu::noinline]] static void pack(executor& e, idx columns, idx depth, const B& b, float* to) noexcept {
    pack_piece(e, columns, panel_source(b), 0, depth, true, to);
  }
  /// Scratch of one call of `run_packed`, in scalars.
  static constexpr idx packed_workspace(idx rows, idx depth, int workers) {
    return alignment_slack + workers * block_size(rows, depth);
  }
  /// As `run`, with a b that `pack` has packed.
  template <bool Transposed, class A>
  [[gnu::noinline]] static void run_packed(executor& e, idx rows, idx columns, idx depth, const A& a, const float* b,
                                           const destination& to, float* workspace) noexcept {
    multiply(e, rows, columns, depth, row_source(a), Transposed, 0, depth, b, to, aligned(workspace));
  }

  /// Scalars of `rows` packed rows.
  [[gnu::noinline]] static constexpr idx packed_rows(idx rows, idx depth) {
    return (rows + product_rows - 1) / product_rows * panel_size(depth);
  }
  /// Where a comes from, for functions that are compiled once.
  struct row_source {
    const void* source;
    /// `copy` of the source.
    void (*copy_row)(const void* source, idx row, idx from, idx count, float* to, idx distance) noexcept;

    template <class A>
    explicit row_source(const A& a)
        : source(&a), copy_row([](const void* p, idx row, idx from, idx count, float* to, idx distance) noexcept {
            static_cast<const A*>(p)->copy(row, from, count, to, distance);
          }) {}
    void copy(idx row, idx from, idx count, float* to, idx distance) const noexcept {
      copy_row(source, row, from, count, to, distance);
    }
  };
  [[gnu::noinline]] static void pack_rows(const row_source& a, idx first, idx rows, idx from, idx depth,
                                          float* to) noexcept {
    for (idx i = 0; i < rows; ++i) a.copy(first + i, from, depth, to + place(i, depth), product_rows * line);
    fill_tile(rows, depth, to);
  }

  /// All packed rows, with zeros behind them, times one panel of b.
  static void column(const float* a, idx rows, const float* b, idx columns, idx depth, const destination& d) noexcept {
    column(a, false, rows, b, columns, depth, d);
  }

  static constexpr idx panels(idx columns) { return (columns + width - 1) / width; }

 private:
  /// Where b comes from.
  struct panel_source {
    const void* source;
    /// `panels` of the source.
    void (*pack_panels)(const void* source, idx from, idx depth, idx column, idx columns, float* to) noexcept;

    template <class B>
    explicit panel_source(const B& b)
        : source(&b), pack_panels([](const void* p, idx from, idx depth, idx column, idx columns, float* to) noexcept {
            static_cast<const B*>(p)->panels(from, depth, column, columns, to);
          }) {}
    void panels(idx from, idx depth, idx column, idx columns, float* to) const noexcept {
      pack_panels(source, from, depth, column, columns, to);
    }
  };
  /// [rows / 16][depth][16], filled up with zeros.
  [[gnu::noinline]] static void pack_columns(const row_source& a, idx first, idx rows, idx from, idx depth,
                                             float* to) noexcept {
    for (idx k = 0; k < depth; ++k) a.copy(from + k, first, rows, to + k * line, depth * line);
    float* const last = to + rows / line * depth * line;
    for (idx i = rows % line; i != 0 && i < line; ++i)
      for (idx k = 0; k < depth; ++k) last[k * line + i] = 0;
  }
  /// Zeros behind the last of the packed rows, as far as a tile may reach.
  [[gnu::noinline]] static void fill_tile(idx rows, idx depth, float* to) noexcept {
    constexpr idx n = line;
    for (idx i = rows; i % product_few_rows != 0; ++i)
      for (idx k = 0; k < depth; ++k) to[place(i, depth) + k / n * n * product_rows + k % n] = 0;
  }

  [[gnu::noinline]] static void column(const float* a, bool transposed, idx rows, const float* b, idx columns,
                                       idx depth, const destination& d) noexcept {
    for (idx i = 0; i < rows;) {
      const idx left = rows - i;
      const idx r = transposed ? line : left > product_rows - product_few_rows ? product_rows : product_few_rows;
      const auto tile = transposed          ? loops::product_transposed.best()
                        : r == product_rows ? loops::product_tile.best()
                                            : loops::product_few.best();
      const float* rows_of_a = a + (transposed ? i * depth : place(i, depth));
      const float* start = d.start ? d.start + i * d.start_stride : nullptr;
      float* c = d.c + i * d.stride;
      if (columns >= width && left >= r) {
        tile(rows_of_a, b, depth, start, d.start_stride, c, d.stride, d.rectify);
      } else {
        const idx there = left < r ? left : r, wide = columns < width ? columns : width;
        float edge[line * width] = {};
        for (idx q = 0; start && q < there; ++q)
          for (idx j = 0; j < wide; ++j) edge[q * width + j] = start[q * d.start_stride + j];
        tile(rows_of_a, b, depth, edge, width, edge, width, d.rectify);
        for (idx q = 0; q < there; ++q)
          for (idx j = 0; j < wide; ++j) c[q * d.stride + j] = edge[q * width + j];
      }
      i += r;
    }
  }

  [[gnu::noinline]] static void run(executor& e, idx rows, idx columns, idx depth, const row_source& a, bool transposed,
                                    const panel_source& b, const destination& to, float* workspace) noexcept {
    float* const packed = aligned(workspace);
    const idx at_once = chunk(columns, depth);
    const bool large = rows * columns * depth >= worth_splitting;
    idx from = 0;
    do {
      const idx piece = from + at_once < depth ? at_once : depth - from;
      pack_piece(e, columns, b, from, piece, large, packed);
      multiply(e, rows, columns, depth, a, transposed, from, piece, packed, to,
               packed + whole_lines(panels(columns) * width * at_once));
      from += at_once;
    } while (from < depth);
  }

  /// Packs the piece [from, from + piece) of the depth, [piece / depth_block][panel][depth_block][width]: the order of use.
  [[gnu::noinline]] static void pack_piece(executor& e, idx columns, const panel_source& b, idx from, idx piece,
                                           bool large, float* packed) noexcept {
    const idx all_panels = panels(columns), bundles = (all_panels + bundle - 1) / bundle;
    const idx depths = (piece + depth_block - 1) / depth_block;
    const auto pack = [&](idx block, int) {
      const idx k0 = block / bundles * depth_block, j = block % bundles * bundle * width;
      const idx k = k0 + depth_block < piece ? depth_block : piece - k0, count = bundle * width;
      b.panels(from + k0, k, j, columns - j < count ? columns - j : count, packed + k0 * all_panels * width + j * k);
    };
    if (large)
      for_blocks(e, bundles * depths, pack);
    else
      for (idx block = 0; block < bundles * depths; ++block) pack(block, 0);
  }

  /// c = start + a b, or adds to c behind the first piece, for a packed piece of the depth.
  [[gnu::noinline]] static void multiply(executor& e, idx rows, idx columns, idx depth, const row_source& a,
                                         bool transposed, idx from, idx piece, const float* packed,
                                         const destination& to, float* scratch) noexcept {
    if (rows <= 0 || columns <= 0) return;
    const idx all_panels = panels(columns), scratch_size = block_size(rows, depth);
    const idx row_blocks = (rows + row_block - 1) / row_block;
    const bool large = rows * columns * depth >= worth_splitting;
    idx groups = large ? (8 + row_blocks - 1) / row_blocks : 1;
    if (groups > all_panels) groups = all_panels;
    for_blocks(e, row_blocks * groups, [&](idx block, int worker) {
      const idx i = block / groups, group = block % groups;
      const idx r0 = split(rows, transposed, row_blocks, i), r1 = split(rows, transposed, row_blocks, i + 1);
      const idx p0 = all_panels * group / groups, p1 = all_panels * (group + 1) / groups;
      idx k0 = 0;
      do {
        const idx k = k0 + depth_block < piece ? depth_block : piece - k0;
        float* const own = scratch + worker * scratch_size;
        (transposed ? pack_columns : pack_rows)(a, r0, r1 - r0, from + k0, k, own);
        const bool first = from + k0 == 0, last = from + k0 + k == depth;
        for (idx p = p0; p < p1; ++p) {
          const idx j = p * width;
          destination d{to.c + r0 * to.stride + j, to.stride, to.start, to.start_stride, to.rectify && last};
          if (!first)
            d.start = d.c, d.start_stride = d.stride;
          else if (d.start)
            d.start += r0 * d.start_stride + j;
          column(own, transposed, r1 - r0, packed + k0 * all_panels * width + j * k, columns - j, k, d);
        }
        k0 += depth_block;
      } while (k0 < piece);
    });
  }

  /// Scalars of product_rows packed rows.
  static constexpr idx panel_size(idx depth) { return whole_lines(product_rows * ((depth + line - 1) / line * line)); }
  /// Where packed row i starts.
  static constexpr idx place(idx i, idx depth) {
    return i / product_rows * panel_size(depth) + i % product_rows * line;
  }
  /// Depth of b that is packed at once.
  static constexpr idx chunk(idx columns, idx depth) {
    idx most = packed_at_once / (panels(columns) * width + 1) / depth_block * depth_block;
    if (most < depth_block) most = depth_block;
    return depth < most ? depth : most;
  }
  static constexpr idx block_size(idx rows, idx depth) {
    const idx r = rows < row_block ? rows : row_block, k = depth < depth_block ? depth : depth_block;
    const idx plain = packed_rows(r, k), transposed = whole_lines(r) * k;
    return plain > transposed ? plain : transposed;
  }
  /// Where the i-th of `blocks` parts of the rows starts: whole tiles, evenly.
  static constexpr idx split(idx rows, bool transposed, idx blocks, idx i) {
    const idx tile = transposed ? line : product_rows, tiles = (rows + tile - 1) / tile, at = tiles * i / blocks * tile;
    return at < rows ? at : rows;
  }
};

}  // namespace auris::detail
