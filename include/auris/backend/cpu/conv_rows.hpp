#pragma once
#include <auris/backend/cpu/vector.hpp>
#include <auris/op/conv2d.hpp>

namespace auris::detail {

/// The rows of the product that a convolution is: row (n, t, f) holds the values under the kernel at that place, taps
/// outermost, channels innermost, zeros outside of x. They are never stored as a whole; the product packs them from x.
///
/// Tap i of place t lies at (t * scale + offset + i * step) / divide of x, and nowhere if that is no whole number.
template <class T>
struct conv_rows {
  struct axis {
    idx places, taps, extent, scale, offset, step, divide;
    /// Position in x, or -1.
    idx at(idx place, idx tap) const {
      idx p = place * scale + offset + tap * step;
      if (divide > 1) {
        if (p < 0 || p % divide != 0) return -1;
        p /= divide;
      }
      return p >= 0 && p < extent ? p : -1;
    }
    bool consecutive() const { return step == 1 && divide == 1; }
  };
  const T* x;
  idx channels;
  axis time, mel;

  /// For forward: places of y, taps over x.
  static conv_rows forward(const op::conv2d::size& s, const T* x) { return {x, s.in, forward(s.time), forward(s.mel)}; }
  /// For the gradient of x: places of x, taps over dy, from the last to the first.
  static conv_rows backward(const op::conv2d::size& s, const T* dy) {
    return {dy, s.out, backward(s.time), backward(s.mel)};
  }

  template <idx Piece>
  void copy(idx row, idx from, idx count, T* to, idx distance) const {
    writer<Piece> out{to, distance};
    const idx f = row % mel.places, t = row / mel.places % time.places, n = row / mel.places / time.places;
    const idx line = mel.taps * channels, end = from + count;
    for (idx i = from / line; i * line < end; ++i) {
      const idx begin = from > i * line ? from - i * line : 0, stop = end < (i + 1) * line ? end - i * line : line;
      const idx position = time.at(t, i);
      const T* const line_of_x = position < 0 ? nullptr : x + (n * time.extent + position) * mel.extent * channels;
      if (mel.consecutive())
        taps(line_of_x, f, begin, stop, out);
      else
        out = spread_taps(line_of_x, f, begin, stop, out);
    }
  }

 private:
  static axis forward(const op::conv2d::axis& a) {
    return {a.outputs(), a.kernel, a.extent, a.stride, -a.before, a.dilation, 1};
  }
  static axis backward(const op::conv2d::axis& a) {
    return {a.extent, a.kernel, a.outputs(), 1, a.before - (a.kernel - 1) * a.dilation, a.dilation, a.stride};
  }

  /// Fills pieces of Piece values, `distance` apart.
  template <idx Piece>
  struct writer {
    T* to;
    idx distance, filled = 0;

    void values(const T* p, idx count) {
      while (count > 0) {
        if (filled == 0 && count >= Piece) {
          __builtin_memcpy(to, p, sizeof(T) * Piece);
          to += distance, p += Piece, count -= Piece;
          continue;
        }
        const idx room = Piece - filled, part = count < room ? count : room;
        for (idx i = 0; i < part; ++i) to[filled + i] = p[i];
        advance(part), p += part, count -= part;
      }
    }
    void zeros(idx count) {
      while (count > 0) {
        const idx room = Piece - filled, part = count < room ? count : room;
        for (idx i = 0; i < part; ++i) to[filled + i] = T(0);
        advance(part), count -= part;
      }
    }
    void advance(idx part) {
      filled += part;
      if (filled == Piece) filled = 0, to += distance;
    }
  };

  /// Values [from, to) of the taps of one line, (tap, channel); a line that is null lies outside of x.
  template <class Writer>
  void taps(const T* line, idx f, idx from, idx to, Writer& out) const {
    const idx first = f * mel.scale + mel.offset;
    const idx begin = line ? clamp((first < 0 ? -first : 0) * channels, from, to) : to;
    const idx end = line ? clamp((mel.extent - first) * channels, begin, to) : to;
    out.zeros(begin - from);
    if (begin < end) out.values(line + first * channels + begin, end - begin);
    out.zeros(to - end);
  }
  // Not inlined, as strides and dilations are rare; by value, so that the writer of the other taps stays in registers.
  template <class Writer>
  [[gnu::noinline]] Writer spread_taps(const T* line, idx f, idx from, idx to, Writer out) const {
    for (idx j = from / channels; j * channels < to; ++j) {
      const idx begin = clamp(from - j * channels, 0, channels), end = clamp(to - j * channels, 0, channels);
      const idx position = line ? mel.at(f, j) : -1;
      if (position < 0)
        out.zeros(end - begin);
      else
        out.values(line + position * channels + begin, end - begin);
    }
    return out;
  }
  static idx clamp(idx v, idx low, idx high) { return v < low ? low : v > high ? high : v; }
};

/// As b of the product for the gradient of x: weight (taps, in, out) as (taps from the last, out; in).
template <class T>
struct flipped_weights {
  const T* weight;
  idx taps, in, out;

  template <idx Width>
  void panels(idx from, idx depth, idx column, idx columns, T* to) const {
    for (; columns > 0; column += Width, columns -= Width, to += depth * Width) {
      const idx kept = columns < Width ? columns : Width;
      if (kept < Width)
        for (idx i = 0; i < depth * Width; ++i) to[i] = T(0);
      for (idx k = from; k < from + depth;) {
        const idx tap = k / out, o = k % out, rest = from + depth - k, part = out - o < rest ? out - o : rest;
        transpose(kept, part, weight + ((taps - 1 - tap) * in + column) * out + o, out, to + (k - from) * Width, Width);
        k += part;
      }
    }
  }
};

}  // namespace auris::detail
