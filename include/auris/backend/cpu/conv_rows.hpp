#pragma once
#include <auris/backend/cpu/product.hpp>
#include <auris/op/conv2d.hpp>

namespace auris::detail {

/// The rows of the product that a convolution is: row (n, t, f) holds the values under the kernel at that place, taps
/// outermost, channels innermost, zeros outside of x. They are never stored as a whole; the product packs them from x.
///
/// Tap i of place t lies at (t * scale + offset + i * step) / divide of x, and nowhere if that is no whole number.
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
  const float* x;
  idx channels;
  axis time, mel;

  /// For forward: places of y, taps over x.
  static conv_rows forward(const op::conv2d::size& s, const float* x) {
    return {x, s.in, forward(s.time), forward(s.mel)};
  }
  /// For the gradient of x: places of x, taps over dy, from the last to the first.
  static conv_rows backward(const op::conv2d::size& s, const float* dy) {
    return {dy, s.out, backward(s.time), backward(s.mel)};
  }

  void copy(idx row, idx from, idx count, float* to, idx distance) const {
    writer out{to, distance};
    const idx f = row % mel.places, t = row / mel.places % time.places, n = row / mel.places / time.places;
    const idx strip = mel.taps * channels, end = from + count;
    for (idx i = from / strip; i * strip < end; ++i) {
      const idx begin = from > i * strip ? from - i * strip : 0, stop = end < (i + 1) * strip ? end - i * strip : strip;
      const idx position = time.at(t, i);
      const float* const strip_of_x = position < 0 ? nullptr : x + (n * time.extent + position) * mel.extent * channels;
      if (mel.consecutive())
        taps(strip_of_x, f, begin, stop, out);
      else
        out = spread_taps(strip_of_x, f, begin, stop, out);
    }
  }

 private:
  static axis forward(const op::conv2d::axis& a) {
    return {a.outputs(), a.kernel, a.extent, a.stride, -a.before, a.dilation, 1};
  }
  static axis backward(const op::conv2d::axis& a) {
    return {a.extent, a.kernel, a.outputs(), 1, a.before - (a.kernel - 1) * a.dilation, a.dilation, a.stride};
  }

  /// Fills pieces of line values, `distance` apart.
  struct writer {
    float* to;
    idx distance, filled = 0;

    void values(const float* p, idx count) {
      while (count > 0) {
        if (filled == 0 && count >= line) {
          __builtin_memcpy(to, p, sizeof(float) * line);
          to += distance, p += line, count -= line;
          continue;
        }
        const idx room = line - filled, part = count < room ? count : room;
        for (idx i = 0; i < part; ++i) to[filled + i] = p[i];
        advance(part), p += part, count -= part;
      }
    }
    void zeros(idx count) {
      while (count > 0) {
        const idx room = line - filled, part = count < room ? count : room;
        for (idx i = 0; i < part; ++i) to[filled + i] = 0;
        advance(part), count -= part;
      }
    }
    void advance(idx part) {
      filled += part;
      if (filled == line) filled = 0, to += distance;
    }
  };

  /// Values [from, to) of the taps of one strip, (tap, channel); a strip that is null lies outside of x.
  template <class Writer>
  void taps(const float* strip, idx f, idx from, idx to, Writer& out) const {
    const idx first = f * mel.scale + mel.offset;
    const idx begin = strip ? clamp((first < 0 ? -first : 0) * channels, from, to) : to;
    const idx end = strip ? clamp((mel.extent - first) * channels, begin, to) : to;
    out.zeros(begin - from);
    if (begin < end) out.values(strip + first * channels + begin, end - begin);
    out.zeros(to - end);
  }
  // Not inlined, as strides and dilations are rare; by value, so that the writer of the other taps stays in registers.
  template <class Writer>
  [[gnu::noinline]] Writer spread_taps(const float* strip, idx f, idx from, idx to, Writer out) const {
    for (idx j = from / channels; j * channels < to; ++j) {
      const idx begin = clamp(from - j * channels, 0, channels), end = clamp(to - j * channels, 0, channels);
      const idx position = strip ? mel.at(f, j) : -1;
      if (position < 0)
        out.zeros(end - begin);
      else
        out.values(strip + position * channels + begin, end - begin);
    }
    return out;
  }
  static idx clamp(idx v, idx low, idx high) { return v < low ? low : v > high ? high : v; }
};

/// As b of the product for the gradient of x: weight (taps, in, out) as (taps from the last, out; in).
struct flipped_weights {
  const float* weight;
  idx taps, in, out;

  void panels(idx from, idx depth, idx column, idx columns, float* to) const {
    for (; columns > 0; column += product_width, columns -= product_width, to += depth * product_width) {
      const idx kept = columns < product_width ? columns : product_width;
      if (kept < product_width)
        for (idx i = 0; i < depth * product_width; ++i) to[i] = 0;
      for (idx k = from; k < from + depth;) {
        const idx tap = k / out, o = k % out, rest = from + depth - k, part = out - o < rest ? out - o : rest;
        transpose(kept, part, weight + ((taps - 1 - tap) * in + column) * out + o, out, to + (k - from) * product_width,
                  product_width);
        k += part;
      }
    }
  }
};

}  // namespace auris::detail
