#pragma once
#include <auris/backend/cpu/column_sum.hpp>

namespace auris::detail {

/// Walks arrays (outer, channels, inner) with one coefficient for each channel. `work(at, count, coefficient, channel)`
/// is called for stretches of values [at, at + count); coefficient(p) is what belongs to them of p (channels): an array
/// where a stretch is a row of channels, one number where it is inside of a channel.
template <class T>
struct channel_rows {
  idx outer, channels, inner;

  template <class Work>
  void row(idx o, const Work& work) const noexcept {
    const idx length = channels * inner;
    if (inner == 1)
      work(
          o * length, length, [n = channels](const T* p) { return const_array<T>(p, n); }, idx(0));
    else
      for (idx c = 0; c < channels; ++c)
        work(
            o * length + c * inner, inner, [c](const T* p) { return p[c]; }, c);
  }
  template <class Work>
  void each(executor& e, const Work& work) const noexcept {
    for_ranges(e, outer, row_grain(channels * inner), [&](idx begin, idx end, int) {
      for (idx o = begin; o < end; ++o) row(o, work);
    });
  }

  constexpr idx sums_workspace() const { return column_sum<T>::workspace(outer, channels); }
  /// sum[c] += the sum of value(at, count, coefficient) over channel c.
  template <class Value>
  void sums(executor& e, T* sum, T* workspace, const Value& value) const noexcept {
    column_sum<T>::run(
        e, outer, channels,
        [&](idx begin, idx end, T* to) {
          array<T>(to, channels).setZero();
          for (idx o = begin; o < end; ++o)
            row(o, [&](idx at, idx count, const auto& coefficient, idx c) {
              if (inner == 1)
                array<T>(to, channels) += value(at, count, coefficient);
              else
                to[c] += detail::sum(value(at, count, coefficient));
            });
        },
        sum, workspace);
  }
};

}  // namespace auris::detail
