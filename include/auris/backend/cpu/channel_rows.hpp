#pragma once
#include <auris/backend/cpu/column_sum.hpp>

namespace auris::detail {

/// Walks arrays (outer, channels, inner) with coefficients that each channel has one of.
template <class T>
struct channel_rows {
  idx outer, channels, inner;

  /// y = f(at, of), vector by vector: at(p) is what belongs to it of p (outer, channels, inner), of(p) of p (channels).
  template <class F>
  void transform(executor& e, T* y, const F& f) const noexcept {
    for_ranges(e, outer, row_grain(channels * inner), [&](idx begin, idx end, int) {
      walk(begin, end, [&](idx, idx i, const auto& at, const auto& of, const auto& store) { store(y + i, f(at, of)); });
    });
  }

  constexpr idx sums_workspace() const { return column_sum<T>::workspace(outer, 2 * channels); }
  /// With d = x - mean: sum[channel] += the sum of g unless that is null; sum[channels + channel] += the sum of g d, or d d
  /// without g, unless x is null.
  [[gnu::noinline]] void sums(executor& e, const T* g, const T* x, const T* mean, T* sum, T* workspace) const noexcept {
    const auto partial = [&](idx begin, idx end, T* plain) {
      T* const scaled = plain + channels;
      for (idx c = 0; c < 2 * channels; ++c) plain[c] = 0;
      walk(begin, end, [&](idx c, idx, const auto& at, const auto& of, const auto& store) {
        const vec<T> d = x ? at(x) - of(mean) : vec<T>{}, v = g ? at(g) : d;
        if (inner == 1) {
          if (g) store(plain + c, of(plain) + v);
          if (x) store(scaled + c, of(scaled) + v * d);
        } else {
          if (g) add_lanes(v, store, plain[c]);
          if (x) add_lanes(v * d, store, scaled[c]);
        }
      });
    };
    column_sum<T>::run(e, outer, 2 * channels, partial, sum, workspace);
  }

 private:
  /// sum += the lanes of v that are values of the channel. Not inlined: few networks have channels that lie side by side.
  template <class Store>
  [[gnu::noinline]] static void add_lanes(const vec<T>& v, const Store& store, T& sum) {
    T lane[lanes<T>] = {};
    store(lane, v);
    sum += sum_of<T>(load(lane));
  }
  /// work(channel, offset, at, of, store) for each vector of [begin, end): of all channels, or, where the values of a
  /// channel lie side by side, of one.
  template <class Work>
  [[gnu::always_inline]] void walk(idx begin, idx end, const Work& work) const {
    const idx length = inner == 1 ? channels : inner, stretches = inner == 1 ? 1 : channels;
    for (idx k = begin * stretches; k < end * stretches; ++k)
      for_vectors<T>(0, length, [&](idx i, const auto& load, const auto& store) {
        const idx c = inner == 1 ? i : k % channels;
        work(
            c, k * length + i, [&](const T* p) { return load(p + k * length + i); },
            [&](const T* p) { return inner == 1 ? load(p + i) : splat(p[c]); }, store);
      });
  }
};

}  // namespace auris::detail
