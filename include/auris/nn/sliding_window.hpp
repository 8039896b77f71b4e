#pragma once
#include <auris/nn/session.hpp>

namespace auris {

/// How a long clip is cut into windows.
struct window_options {
  idx window = 0;  ///< frames; 0: those of the network, which then has to be made for one number of frames
  idx hop = 0;     ///< frames from window to window, at most a window; 0: half a window
  idx batch = 8;   ///< windows that are computed together
};

/// Runs a clip-level network on clips of any length: on windows that overlap, whose results are averaged. A wrapper of ours; the
/// networks know nothing of it.
///
/// Windows start every `hop` frames; the last one ends with the clip. A clip shorter than a window is filled up with zeros, which
/// are the mean of standardised features. Each frame gets the mean of all windows that it lies in: of an output without time, (class),
/// the scores of those windows; of one with the window's frames first, (time, ...), their values for that frame.
///
/// Shape       a clip (time, ...) of any length -> (time, ...) of the output.
/// Memory      that of a session for `batch` windows, and one clip's result; calls within the largest so far allocate nothing.
/// Errors      window, hop or batch out of range; an input of another shape; a time axis that is not the output's first.
///
///     struct network : bind<sequential<linear<17>, sigmoid, global_average>, dims(100, 64)> {};
///     weights<network> w(1);
///     sliding_window<network, "main", cpu> run(w);
///     std::array<float, 250 * 64> clip{};
///     view<const float> scores = run({clip.data(), 1, dims(250, 64)}).value();           // (250, 17)
template <class Network, label Output, class Backend, class T = float>
class sliding_window {
 public:
  template <class Full>
  explicit sliding_window(const weights<Full, T>& w, window_options o = {},
                          typename Backend::queue queue = Backend::default_queue())
      : session_(w, queue), options_(o) {
    if (options_.window == 0 && Network::in_shape[0] != dyn) options_.window = Network::in_shape[0];
    if (options_.hop == 0) options_.hop = (options_.window + 1) / 2;
  }

  /// The result lies in the wrapper until its next call. x is one clip.
  result<view<const T>> operator()(view<const T> x) {
    const idx window = options_.window, hop = options_.hop, batch = options_.batch;
    if (window < 1 || hop < 1 || hop > window || batch < 1)
      return error{"bad windows", "sliding_window", "window and batch at least 1, hop between 1 and the window",
                   message::of("window ", window, ", hop ", hop, ", batch ", batch)};
    if (x.n != 1 || x.s.rank < 1 || x.s[0] < 1)
      return error{"wrong input", "sliding_window", "one clip with at least one frame", message::of(x.n, " x ", x.s)};
    if (!x.p) return error{"null pointer", "sliding_window"};
    const shape item = x.s.with(0, window),
                result_of_window = Network::outputs(item)[Network::template index_of<Output>].s;
    const bool by_frame = result_of_window.rank > 1 && result_of_window[0] == window;
    const idx frames = x.s[0],
              values = by_frame ? result_of_window.count(1, result_of_window.rank) : result_of_window.size();
    const idx count = frames <= window ? 1 : (frames - window + hop - 1) / hop + 1;
    const shape shape_of_result = by_frame ? result_of_window.with(0, frames) : with_time(result_of_window, frames);
    if (shape_of_result == nothing)
      return error{"wrong output", "sliding_window", "at most three axes", message::of(result_of_window)};

    if (auto ok = windows_.reserve(batch * item.size()); !ok) return ok.error();
    if (auto ok = sums_.reserve(frames * values); !ok) return ok.error();
    if (auto ok = covered_.reserve(frames); !ok) return ok.error();
    T* const sums = sums_.data();
    for (idx i = 0; i < frames * values; ++i) sums[i] = 0;
    for (idx f = 0; f < frames; ++f) covered_.data()[f] = 0;
    const auto start = [&](idx w) { return w + 1 < count ? w * hop : frames > window ? frames - window : 0; };
    for (idx first = 0; first < count; first += batch) {
      const idx now = count - first < batch ? count - first : batch;
      for (idx w = 0; w < now; ++w) copy(x, start(first + w), item, windows_.data() + w * item.size());
      const auto y = session_({windows_.data(), now, item});
      if (!y) return y.error();
      const T* const scores = y->template get<Output>().p;
      for (idx w = 0; w < now; ++w)
        for (idx f = start(first + w), k = 0; k < window && f < frames; ++f, ++k) {
          const T* const of_frame = scores + (by_frame ? (w * window + k) * values : w * values);
          for (idx i = 0; i < values; ++i) sums[f * values + i] += of_frame[i];
          ++covered_.data()[f];
        }
    }
    for (idx f = 0; f < frames; ++f)
      for (idx i = 0; i < values; ++i) sums[f * values + i] /= covered_.data()[f];
    return view<const T>{sums, 1, shape_of_result};
  }

 private:
  static constexpr shape with_time(shape s, idx frames) {
    if (s.rank > 3) return nothing;
    shape r{{frames}, s.rank + 1};
    for (int i = 0; i < s.rank; ++i) r.extent[i + 1] = s[i];
    return r;
  }
  /// A window of the clip, zeros behind its end.
  static void copy(const view<const T>& x, idx from, const shape& item, T* to) {
    const idx row = item.count(1, item.rank), there = x.s[0] - from < item[0] ? x.s[0] - from : item[0];
    for (idx i = 0; i < item[0] * row; ++i) to[i] = i < there * row ? x.p[from * row + i] : T(0);
  }

  session<Network, Backend, T> session_;
  window_options options_;
  arena<T> windows_, sums_, covered_;
};

}  // namespace auris
