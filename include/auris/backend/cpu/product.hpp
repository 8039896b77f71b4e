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

/// c[i, :] of Rows rows and two vectors = start + a b over the depth. a is packed, tile_rows rows to a panel, in vectors
/// along the depth: [depth / lanes][tile_rows][lanes]; b is packed [depth][2 lanes].
template <class T, int Rows>
[[gnu::noinline]] void product_tile(const T* a, const T* b, idx depth, const T* start, idx start_stride, T* c,
                                    idx stride, bool rectify) noexcept {
  constexpr idx n = lanes<T>, unroll = n < 4 ? n : 4;
  vec<T> sum[Rows][2];
#pragma GCC unroll 16
  for (int i = 0; i < Rows; ++i) {
    sum[i][0] = start ? load(start + i * start_stride) : vec<T>{};
    sum[i][1] = start ? load(start + i * start_stride + n) : vec<T>{};
  }
  idx k = 0;
  for (; k + unroll <= depth; k += unroll) {
#pragma GCC unroll 4
    for (idx u = 0; u < unroll; ++u, b += 2 * n) {
      const vec<T> b0 = load(b), b1 = load(b + n);
#pragma GCC unroll 16
      for (int i = 0; i < Rows; ++i) {
        const vec<T> s = splat(a[i * n + u]);
        sum[i][0] += s * b0;
        sum[i][1] += s * b1;
      }
    }
    a += (k + unroll) % n ? unroll : (tile_rows - 1) * n + unroll;
  }
  for (; k < depth; ++k, b += 2 * n, ++a) {
    const vec<T> b0 = load(b), b1 = load(b + n);
#pragma GCC unroll 16
    for (int i = 0; i < Rows; ++i) {
      const vec<T> s = splat(a[i * n]);
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
    run(e, rows, columns, depth, row_source(a), Transposed ? pack_columns : pack_rows, panel_source(b), to, workspace);
  }

  /// Scalars of `rows` packed rows.
  [[gnu::noinline]] static constexpr idx packed_rows(idx rows, idx depth) {
    return (rows + tile_rows - 1) / tile_rows * panel_size(depth);
  }
  /// Where a comes from, for functions that are compiled once.
  struct row_source {
    const void* source;
    /// `copy` of the source.
    void (*copy_row)(const void* source, idx row, idx from, idx count, T* to, idx distance) noexcept;

    template <class A>
    explicit row_source(const A& a)
        : source(&a), copy_row([](const void* p, idx row, idx from, idx count, T* to, idx distance) noexcept {
            static_cast<const A*>(p)->template copy<lanes<T>>(row, from, count, to, distance);
          }) {}
    void copy(idx row, idx from, idx count, T* to, idx distance) const noexcept {
      copy_row(source, row, from, count, to, distance);
    }
  };
  [[gnu::noinline]] static void pack_rows(const row_source& a, idx first, idx rows, idx from, idx depth,
                                          T* to) noexcept {
    for (idx i = 0; i < rows; ++i) a.copy(first + i, from, depth, to + place(i, depth), tile_rows * lanes<T>);
    fill_tile(rows, depth, to);
  }

  /// All packed rows, with zeros behind them, times one panel of b.
  [[gnu::noinline]] static void column(const T* a, idx rows, const T* b, idx columns, idx depth,
                                       const destination<T>& d) noexcept {
    for (idx i = 0; i < rows;) {
      const idx left = rows - i, r = left > tile_rows - few_rows ? tile_rows : few_rows;
      const auto tile = r == tile_rows ? product_tile<T, tile_rows> : product_tile<T, few_rows>;
      const T* rows_of_a = a + place(i, depth);
      const T* start = d.start ? d.start + i * d.start_stride : nullptr;
      T* c = d.c + i * d.stride;
      if (columns >= width && left >= r) {
        tile(rows_of_a, b, depth, start, d.start_stride, c, d.stride, d.rectify);
      } else {
        const idx there = left < r ? left : r, wide = columns < width ? columns : width;
        T edge[tile_rows * width] = {};
        for (idx q = 0; start && q < there; ++q)
          for (idx j = 0; j < wide; ++j) edge[q * width + j] = start[q * d.start_stride + j];
        tile(rows_of_a, b, depth, edge, width, edge, width, d.rectify);
        for (idx q = 0; q < there; ++q)
          for (idx j = 0; j < wide; ++j) c[q * d.stride + j] = edge[q * width + j];
      }
      i += r;
    }
  }

  static constexpr idx panels(idx columns) { return (columns + width - 1) / width; }

 private:
  using row_packer = void (*)(const row_source& a, idx first, idx rows, idx from, idx depth, T* to) noexcept;
  /// Where b comes from.
  struct panel_source {
    const void* source;
    /// `panels` of the source.
    void (*pack_panels)(const void* source, idx from, idx depth, idx column, idx columns, T* to) noexcept;

    template <class B>
    explicit panel_source(const B& b)
        : source(&b), pack_panels([](const void* p, idx from, idx depth, idx column, idx columns, T* to) noexcept {
            static_cast<const B*>(p)->template panels<width>(from, depth, column, columns, to);
          }) {}
    void panels(idx from, idx depth, idx column, idx columns, T* to) const noexcept {
      pack_panels(source, from, depth, column, columns, to);
    }
  };
  [[gnu::noinline]] static void pack_columns(const row_source& a, idx first, idx rows, idx from, idx depth,
                                             T* to) noexcept {
    constexpr idx n = lanes<T>;
    T values[n * row_block] = {}, square[n * n];
    for (idx k = 0; k < depth; k += n) {
      for (idx u = 0; u < n && k + u < depth; ++u) a.copy(from + k + u, first, rows, values + u * row_block, n);
      for (idx i = 0; i < rows; ++i) {
        if (i % n == 0) transpose(n, n, values + i, row_block, square, n);
        store(to + place(i, depth) + k * tile_rows, load(square + i % n * n));
      }
    }
    fill_tile(rows, depth, to);
  }
  /// Zeros behind the last of the packed rows, as far as a tile may reach.
  [[gnu::noinline]] static void fill_tile(idx rows, idx depth, T* to) noexcept {
    constexpr idx n = lanes<T>;
    for (idx i = rows; i % few_rows != 0; ++i)
      for (idx k = 0; k < depth; ++k) to[place(i, depth) + k / n * n * tile_rows + k % n] = T(0);
  }

  [[gnu::noinline]] static void run(executor& e, idx rows, idx columns, idx depth, const row_source& a,
                                    row_packer pack_a, const panel_source& b, const destination<T>& to,
                                    T* workspace) noexcept {
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
        b.panels(from + k0, k, j, columns - j < count ? columns - j : count, packed + k0 * all_panels * width + j * k);
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
          pack_a(a, r0, r1 - r0, from + k0, k, own);
          const bool first = from + k0 == 0, last = from + k0 + k == depth;
          for (idx p = p0; p < p1; ++p) {
            const idx j = p * width;
            destination<T> d{to.c + r0 * to.stride + j, to.stride, to.start, to.start_stride, to.rectify && last};
            if (!first)
              d.start = d.c, d.start_stride = d.stride;
            else if (d.start)
              d.start += r0 * d.start_stride + j;
            column(own, r1 - r0, packed + k0 * all_panels * width + j * k, columns - j, k, d);
          }
          k0 += depth_block;
        } while (k0 < piece);
      });
      from += at_once;
    } while (from < depth);
  }

  /// Scalars of tile_rows packed rows.
  static constexpr idx panel_size(idx depth) {
    return aligned_size<T>(tile_rows * ((depth + lanes<T> - 1) / lanes<T> * lanes<T>));
  }
  /// Where packed row i starts.
  static constexpr idx place(idx i, idx depth) { return i / tile_rows * panel_size(depth) + i % tile_rows * lanes<T>; }
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
};

}  // namespace auris::detail
