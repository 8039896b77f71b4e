#pragma once
#include <auris/backend/cpu/column_sum.hpp>

namespace auris::detail {

/// Walks arrays (outer, channels, inner) with coefficients that each channel has one of. What is computed is a function
/// f(at, of) of a vector: at(p) is what belongs to it of p (outer, channels, inner), of(p) of p (channels).
template <class T>
struct channel_rows {
  idx outer, channels, inner;

  /// y = f(at, of), for every value.
  template <class F>
  void transform(executor& e, T* y, const F& f) const noexcept {
    for_ranges(e, outer, row_grain(channels * inner), [&](idx begin, idx end, int) {
      for_segments(begin, end, [&](idx o, idx c, idx i, const auto& load, const auto& store) {
        store(y + o + i, f([&](const T* p) { return load(p + o + i); },
                           [&](const T* p) { return inner == 1 ? load(p + i) : splat(p[c]); }));
      });
    });
  }

  constexpr idx sums_workspace() const { return column_sum<T>::workspace(outer, channels); }
  /// sum[c] += the sum of f(at, of) over channel c.
  template <class F>
  void sums(executor& e, T* sum, T* workspace, const F& f) const noexcept {
    const auto partial = [&](idx begin, idx end, T* to) {
      for (idx c = 0; c < channels; ++c) to[c] = 0;
      for_segments(begin, end, [&](idx o, idx c, idx i, const auto& load, const auto& store) {
        const vec<T> value = f([&](const T* p) { return load(p + o + i); },
                               [&](const T* p) { return inner == 1 ? load(p + i) : splat(p[c]); });
        if (inner == 1)
          store(to + i, load(to + i) + value);
        else {
          T lane[lanes<T>] = {};
          store(lane, value);
          to[c] += sum_of<T>(detail::load(lane));
        }
      });
    };
    column_sum<T>::run(e, outer, channels, partial, sum, workspace);
  }

 private:
  /// work(offset, channel, i, load, store) for the vectors, from offset + i on, of the outer parts [begin, end): rows of
  /// all channels, or of each channel for itself where its values lie side by side.
  template <class Work>
  [[gnu::always_inline]] void for_segments(idx begin, idx end, const Work& work) const {
    const idx length = inner == 1 ? channels : inner, segments = inner == 1 ? 1 : channels;
    for (idx k = begin * segments; k < end * segments; ++k)
      for_vectors<T>(0, length, [&](idx i, const auto& load, const auto& store) {
        work(k * length, k % segments, i, load, store);
      });
  }
};

}  // namespace auris::detail
