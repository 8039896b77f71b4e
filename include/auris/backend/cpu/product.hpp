#pragma once
#include <auris/backend/cpu/vector.hpp>
#include <auris/core/executor.hpp>

namespace auris::detail {

// The matrix product of the CPU backend. b is packed into panels of two vectors' width for the whole call, a block by
// block into panels of tile_rows rows; the innermost loop keeps a tile of c in registers. Every value of c is one chain
// of multiply-adds over the depth, so it depends neither on the tile nor on the block it falls into.

/// Where a or b comes from: row r, columns [from, from + count) of a row-major matrix.
template <class T>
struct matrix_rows {
  const T* p;
  idx stride;  ///< from row to row

  /// Writes count values of a row from `from` on, in pieces of Piece values, `distance` apart.
  template <idx Piece>
  void copy(idx row, idx from, idx count, T* to, idx distance) const {
    const T* x = p + row * stride + from;
    for (; count >= Piece; count -= Piece, x += Piece, to += distance) __builtin_memcpy(to, x, sizeof(T) * Piece);
    for (idx i = 0; i < count; ++i) to[i] = x[i];
  }
  /// As b: the values (from + i, column + j), i < depth, j < columns, in panels of rows of Width, filled up with zeros.
  template <idx Width>
  void panels(idx from, idx depth, idx column, idx columns, T* to) const {
    for (idx i = 0; i < depth; ++i, to += Width) {
      const T* x = p + (from + i) * stride + column;
      T* y = to;
      idx left = columns;
      for (; left >= Width; left -= Width, x += Width, y += depth * Width) __builtin_memcpy(y, x, sizeof(T) * Width);
      if (left > 0)
        for (idx j = 0; j < Width; ++j) y[j] = j < left ? x[j] : T(0);
    }
  }
};

/// As b: the transpose of a row-major matrix.
template <class T>
struct matrix_columns {
  const T* p;
  idx stride;

  template <idx Width>
  void panels(idx from, idx depth, idx column, idx columns, T* to) const {
    for (; columns > 0; column += Width, columns -= Width, to += depth * Width) {
      const idx kept = columns < Width ? columns : Width;
      if (kept < Width)
        for (idx i = 0; i < depth * Width; ++i) to[i] = T(0);
      transpose(kept, depth, p + column * stride + from, stride, to, Width);
    }
  }
};

/// What happens to c: `start` is null (c = a b), a row that is repeated (bias + a b), or c itself (c += a b).
template <class T>
struct destination {
  T* c;
  idx stride;
  const T* start = nullptr;
  idx start_stride = 0;
  bool rectify = false;

  static destination add_to(T* c, idx stride) { return {c, stride, c, stride, false}; }
};

/// c[i, :] of Rows rows and two vectors = start + a b over the depth. a is packed, tile_rows rows to a panel: in vectors
/// along the depth, [depth / lanes][tile_rows][lanes], or, where a is the transpose of what lies in memory,
/// [depth][tile_rows]. b is packed [depth][2 lanes].
template <class T, int Rows, bool Transposed>
void product_tile(const T* a, const T* b, idx depth, const T* start, idx start_stride, T* c, idx stride,
                  bool rectify) noexcept {
  constexpr idx n = lanes<T>;
  vec<T> sum[Rows][2];
#pragma GCC unroll 16
  for (int i = 0; i < Rows; ++i) {
    sum[i][0] = start ? load(start + i * start_stride) : vec<T>{};
    sum[i][1] = start ? load(start + i * start_stride + n) : vec<T>{};
  }
  constexpr idx row = Transposed ? 1 : n, unroll = n < 4 ? n : 4,
                next = Transposed ? tile_rows * unroll : tile_rows * n;
  constexpr idx column = Transposed ? tile_rows : 1;
  idx k = 0;
  for (; k + unroll <= depth; k += unroll) {
#pragma GCC unroll 4
    for (idx u = 0; u < unroll; ++u, b += 2 * n) {
      const vec<T> b0 = load(b), b1 = load(b + n);
#pragma GCC unroll 16
      for (int i = 0; i < Rows; ++i) {
        const vec<T> s = splat(a[i * row + u * column]);
        sum[i][0] += s * b0;
        sum[i][1] += s * b1;
      }
    }
    if constexpr (Transposed || n == unroll)
      a += next;
    else
      a += (k + unroll) % n ? unroll : next - n + unroll;
  }
  for (; k < depth; ++k, b += 2 * n, a += column) {
    const vec<T> b0 = load(b), b1 = load(b + n);
#pragma GCC unroll 16
    for (int i = 0; i < Rows; ++i) {
      const vec<T> s = splat(a[i * row]);
      sum[i][0] += s * b0;
      sum[i][1] += s * b1;
    }
  }
#pragma GCC unroll 16
  for (int i = 0; i < Rows; ++i) {
    if (rectify) {
      sum[i][0] = sum[i][0] < T(0) ? vec<T>{} : sum[i][0];
      sum[i][1] = sum[i][1] < T(0) ? vec<T>{} : sum[i][1];
    }
    store(c + i * stride, sum[i][0]);
    store(c + i * stride + n, sum[i][1]);
  }
}

template <class T>
struct product {
  static constexpr idx width = 2 * lanes<T>;            ///< of a panel of b
  static constexpr idx depth_block = 384;               ///< of a packed block of a
  static constexpr idx row_block = 20 * tile_rows;      ///< rows of a packed block of a: about 360 KB
  static constexpr idx packed_at_once = idx(1) << 22;   ///< scalars of b
  static constexpr idx bundle = 8;                      ///< panels of b that are packed together
  static constexpr idx worth_splitting = idx(1) << 20;  ///< multiply-adds

  /// Scratch of one call of `run`, in scalars.
  [[gnu::noinline]] static constexpr idx workspace(idx rows, idx columns, idx depth, int workers) {
    return alignment_slack<T> + aligned_size<T>(panels(columns) * width * chunk(columns, depth)) +
           workers * block_size(rows, depth);
  }

  /// c = start + a b, a (rows, depth) given by its rows (`copy`) or, if Transposed, by the rows of its transpose; b
  /// (depth, columns) by its panels.
  template <bool Transposed, class A, class B>
  [[gnu::noinline]] static void run(executor& e, idx rows, idx columns, idx depth, const A& a, const B& b,
                                    const destination<T>& to, T* workspace) noexcept {
    run(e, rows, columns, depth, {&a, pack_rows_of<Transposed, A>}, {&b, panels_of<B>}, Transposed, to, workspace);
  }

  /// Scalars of `rows` packed rows.
  [[gnu::noinline]] static constexpr idx packed_rows(idx rows, idx depth) {
    const idx groups = (rows + tile_rows - 1) / tile_rows, along = panel_size<false>(depth);
    return groups * (along > panel_size<true>(depth) ? along : panel_size<true>(depth));
  }
  template <bool Transposed, class A>
  static void pack_rows(const A& a, idx first, idx rows, idx from, idx depth, T* to) noexcept {
    if constexpr (Transposed) {
      for (idx k = 0; k < depth; ++k)
        a.template copy<tile_rows>(from + k, first, rows, to + k * tile_rows, panel_size<true>(depth));
    } else {
      const idx panel = panel_size<false>(depth);
      for (idx i = 0; i < rows; ++i)
        a.template copy<lanes<T>>(first + i, from, depth, to + i / tile_rows * panel + i % tile_rows * lanes<T>,
                                  tile_rows * lanes<T>);
    }
  }

  /// Zeros behind the last of the packed rows, as far as a tile may reach.
  [[gnu::noinline]] static void fill_tile(bool transposed, idx rows, idx depth, T* to) noexcept {
    const idx panel = transposed ? panel_size<true>(depth) : panel_size<false>(depth), n = transposed ? 1 : lanes<T>;
    for (idx i = rows; i % few_rows != 0; ++i) {
      T* const row = to + i / tile_rows * panel + i % tile_rows * n;
      for (idx k = 0; k < depth; ++k) row[k / n * tile_rows * n + k % n] = T(0);
    }
  }

  /// All packed rows, with zeros behind them, times one panel of b.
  [[gnu::noinline]] static void column(bool transposed, const T* a, idx rows, const T* b, idx columns, idx depth,
                                       const destination<T>& d) noexcept {
    const idx panel = transposed ? panel_size<true>(depth) : panel_size<false>(depth);
    const auto tile = transposed ? tile_of<true> : tile_of<false>;
    for (idx i = 0; i < rows;) {
      const idx left = rows - i, inside = i % tile_rows, r = left > tile_rows - few_rows ? tile_rows : few_rows;
      const T* rows_of_a = a + i / tile_rows * panel + inside * (transposed ? 1 : lanes<T>);
      const T* start = d.start ? d.start + i * d.start_stride : nullptr;
      T* c = d.c + i * d.stride;
      if (columns >= width && left >= r) {
        tile(r, rows_of_a, b, depth, start, d.start_stride, c, d.stride, d.rectify);
      } else {
        const idx there = left < r ? left : r, wide = columns < width ? columns : width;
        T edge[tile_rows * width] = {};
        for (idx q = 0; start && q < there; ++q)
          for (idx j = 0; j < wide; ++j) edge[q * width + j] = start[q * d.start_stride + j];
        tile(r, rows_of_a, b, depth, edge, width, edge, width, d.rectify);
        for (idx q = 0; q < there; ++q)
          for (idx j = 0; j < wide; ++j) c[q * d.stride + j] = edge[q * width + j];
      }
      i += r;
    }
  }

  static constexpr idx panels(idx columns) { return (columns + width - 1) / width; }

 private:
  /// a or b for a `run` that is compiled once, wherever they come from.
  struct operand {
    const void* source;
    /// Packs rows of a, or columns of b, [first, first + count) over the depth [from, from + depth).
    void (*pack)(const void* source, idx first, idx count, idx from, idx depth, T* to) noexcept;

    void operator()(idx first, idx count, idx from, idx depth, T* to) const noexcept {
      pack(source, first, count, from, depth, to);
    }
  };
  template <bool Transposed, class A>
  static void pack_rows_of(const void* a, idx first, idx count, idx from, idx depth, T* to) noexcept {
    pack_rows<Transposed>(*static_cast<const A*>(a), first, count, from, depth, to);
  }
  template <class B>
  static void panels_of(const void* b, idx first, idx count, idx from, idx depth, T* to) noexcept {
    static_cast<const B*>(b)->template panels<width>(from, depth, first, count, to);
  }

  [[gnu::noinline]] static void run(executor& e, idx rows, idx columns, idx depth, const operand& a, const operand& b,
                                    bool transposed, const destination<T>& to, T* workspace) noexcept {
    if (rows <= 0 || columns <= 0) return;
    T* const packed = aligned(workspace);
    const idx at_once = chunk(columns, depth), all_panels = panels(columns);
    T* const scratch = packed + aligned_size<T>(all_panels * width * at_once);
    const idx scratch_size = block_size(rows, depth);
    const bool large = rows * columns * depth >= worth_splitting;
    const idx row_blocks = (rows + row_block - 1) / row_block;
    idx groups = large ? (8 + row_blocks - 1) / row_blocks : 1;
    if (groups > all_panels) groups = all_panels;

    idx from = 0;
    do {
      const idx piece = from + at_once < depth ? at_once : depth - from;
      // [depth / depth_block][panel][depth_block][width]: the order of use.
      const idx bundles = (all_panels + bundle - 1) / bundle, depths = (piece + depth_block - 1) / depth_block;
      const auto pack = [&](idx block, int) {
        const idx k0 = block / bundles * depth_block, j = block % bundles * bundle * width;
        const idx k = k0 + depth_block < piece ? depth_block : piece - k0, count = bundle * width;
        b(j, columns - j < count ? columns - j : count, from + k0, k, packed + k0 * all_panels * width + j * k);
      };
      if (large)
        for_blocks(e, bundles * depths, pack);
      else
        for (idx block = 0; block < bundles * depths; ++block) pack(block, 0);

      for_blocks(e, row_blocks * groups, [&](idx block, int worker) {
        const idx i = block / groups, group = block % groups;
        const idx r0 = split(rows, row_blocks, i), r1 = split(rows, row_blocks, i + 1);
        const idx p0 = all_panels * group / groups, p1 = all_panels * (group + 1) / groups;
        idx k0 = 0;
        do {
          const idx k = k0 + depth_block < piece ? depth_block : piece - k0;
          T* const own = scratch + worker * scratch_size;
          a(r0, r1 - r0, from + k0, k, own);
          fill_tile(transposed, r1 - r0, k, own);
          const bool first = from + k0 == 0, last = from + k0 + k == depth;
          for (idx p = p0; p < p1; ++p) {
            const idx j = p * width;
            destination<T> d{to.c + r0 * to.stride + j, to.stride, to.start, to.start_stride, to.rectify && last};
            if (!first)
              d.start = d.c, d.start_stride = d.stride;
            else if (d.start)
              d.start += r0 * d.start_stride + j;
            column(transposed, own, r1 - r0, packed + k0 * all_panels * width + j * k, columns - j, k, d);
          }
          k0 += depth_block;
        } while (k0 < piece);
      });
      from += at_once;
    } while (from < depth);
  }

  /// Scalars of tile_rows packed rows. Transposed ones are written side by side: a line between them keeps their starts
  /// in different sets of the first-level cache.
  template <bool Transposed>
  static constexpr idx panel_size(idx depth) {
    return Transposed ? aligned_size<T>(depth * tile_rows) + aligned_size<T>(1)
                      : aligned_size<T>(tile_rows * ((depth + lanes<T> - 1) / lanes<T> * lanes<T>));
  }
  /// Depth of b that is packed at once.
  static constexpr idx chunk(idx columns, idx depth) {
    idx most = packed_at_once / (panels(columns) * width + 1) / depth_block * depth_block;
    if (most < depth_block) most = depth_block;
    return depth < most ? depth : most;
  }
  static constexpr idx block_size(idx rows, idx depth) {
    return packed_rows(rows < row_block ? rows : row_block, depth < depth_block ? depth : depth_block);
  }
  /// Where the i-th of `blocks` parts of the rows starts: whole tiles, evenly.
  static constexpr idx split(idx rows, idx blocks, idx i) {
    const idx tiles = (rows + tile_rows - 1) / tile_rows, at = tiles * i / blocks * tile_rows;
    return at < rows ? at : rows;
  }

  template <bool Transposed>
  static void tile_of(idx r, const T* a, const T* b, idx depth, const T* start, idx start_stride, T* c, idx stride,
                      bool rectify) noexcept {
    if (r == tile_rows)
      product_tile<T, tile_rows, Transposed>(a, b, depth, start, start_stride, c, stride, rectify);
    else
      product_tile<T, few_rows, Transposed>(a, b, depth, start, start_stride, c, stride, rectify);
  }
};

}  // namespace auris::detail
