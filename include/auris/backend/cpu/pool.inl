#include <auris/backend/cpu/blocks.hpp>
#include <auris/backend/cpu/pool.hpp>
#include <auris/backend/cpu/pool_channels.hpp>

namespace auris {
namespace detail {

/// The windows of a pooling: for each output place, in order, the part of x under it.
struct pool_windows {
  const op::pool::size& s;

  static idx first(const op::pool::axis& a, idx place) {
    const idx p = place * a.stride - a.padding;
    return p > 0 ? p : 0;
  }
  static idx last(const op::pool::axis& a, idx place) {
    const idx p = place * a.stride - a.padding + a.kernel;
    return p < a.extent ? p : a.extent;
  }
  /// work(offset of y, offset of the window's first place of x, window)
  template <class Work>
  void lines(idx begin, idx end, const Work& work) const {
    const idx column = s.channels, row = s.mel.extent * column;
    for (idx k = begin; k < end; ++k) {
      const idx n = k / s.time.outputs(), t = k % s.time.outputs(), from = first(s.time, t);
      for (idx f = 0; f < s.mel.outputs(); ++f) {
        const idx at = first(s.mel, f);
        work((k * s.mel.outputs() + f) * column, (n * s.time.extent + from) * row + at * column,
             pool_window{last(s.time, t) - from, row, last(s.mel, f) - at, column});
      }
    }
  }
  /// Over blocks of lines of y.
  template <class Work>
  void forward(executor& e, const Work& work) const noexcept {
    const idx values = s.mel.extent * s.channels * s.time.kernel;
    for_ranges(e, s.items * s.time.outputs(), row_grain(values),
               [&](idx begin, idx end, int) { lines(begin, end, work); });
  }
  /// Clears dx, then over blocks whose windows share no place of x: single lines where windows of time do not overlap,
  /// else items.
  template <class Work>
  void backward(executor& e, float* dx, const Work& work) const noexcept {
    const idx size = s.time.extent * s.mel.extent * s.channels, out = s.time.outputs();
    for_elements(e, s.items * size, [&](idx begin, idx end) {
      __builtin_memset(dx + begin, 0, static_cast<std::size_t>(end - begin) * sizeof(float));
    });
    const bool apart = s.time.stride >= s.time.kernel;
    const idx grain = apart ? row_grain(s.mel.extent * s.channels * s.time.kernel) : out;
    if (out > 0) for_ranges(e, s.items * out, grain, [&](idx begin, idx end, int) { lines(begin, end, work); });
  }

  /// Channels that whole lines hold; the rest is done one by one.
  idx whole() const { return s.channels / line * line; }
};

}  // namespace detail

AURIS_KERNEL void kernel<op::max_pool, cpu, float>::forward(const R& r, const op::max_pool::size& s, const float* x,
                                                            float* y) noexcept {
  const detail::pool_windows windows{s};
  windows.forward(*r.queue, [&](idx to, idx from, const detail::pool_window& w) {
    detail::largest_of_window(w, s.channels, x + from, y + to);
  });
}

AURIS_KERNEL void kernel<op::max_pool, cpu, float>::backward(const R& r, const op::max_pool::size& s, const float* x,
                                                             const float* dy, float* dx) noexcept {
  const detail::pool_windows windows{s};
  windows.backward(*r.queue, dx, [&](idx to, idx from, const detail::pool_window& w) {
    detail::loops::max_of_window_backward(windows.whole(), &w, x + from, dy + to, dx + from);
    for (idx c = windows.whole(); c < s.channels; ++c) dx[detail::place_of_largest(w, x, from + c)] += dy[to + c];
  });
}

AURIS_KERNEL void kernel<op::avg_pool, cpu, float>::forward(const R& r, const op::avg_pool::size& s, const float* x,
                                                            float* y) noexcept {
  const detail::pool_windows windows{s};
  const float share = 1 / static_cast<float>(s.time.kernel * s.mel.kernel);
  windows.forward(*r.queue, [&](idx to, idx from, const detail::pool_window& w) {
    detail::mean_of_window(w, s.channels, share, x + from, y + to);
  });
}

AURIS_KERNEL void kernel<op::avg_pool, cpu, float>::backward(const R& r, const op::avg_pool::size& s, const float* dy,
                                                             float* dx) noexcept {
  const detail::pool_windows windows{s};
  const float share = 1 / static_cast<float>(s.time.kernel * s.mel.kernel);
  windows.backward(*r.queue, dx, [&](idx to, idx from, const detail::pool_window& w) {
    detail::loops::sum_of_window_backward(windows.whole(), &w, dy + to, share, dx + from);
    for (idx c = windows.whole(); c < s.channels; ++c)
      detail::for_places(w, from + c, [&](idx p) { dx[p] += dy[to + c] * share; });
  });
}

}  // namespace auris
