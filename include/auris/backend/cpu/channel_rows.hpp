#pragma once
#include <auris/backend/cpu/column_sum.hpp>

namespace auris::detail {

/// Walks arrays (outer, channels, inner) with coefficients that each channel has one of. What is computed is a function
/// f(at, of) of a vector or of one value: at(p) is what belongs to it of p (outer, channels, inner), of(p) of p (channels).
template <class T>
struct channel_rows {
  idx outer, channels, inner;

  /// y = f(at, of), for every value.
  template <class F>
  void transform(executor& e, T* y, const F& f) const noexcept {
    for_ranges(e, outer, row_grain(channels * inner), [&](idx begin, idx end, int) {
      const idx length = channels * inner;
      for (idx o = begin * length; o < end * length; o += length)
        if (inner == 1)
          for_vectors<T>(0, channels, [&](idx i, const auto& load, const auto& store) {
            store(y + o + i, f([&](const T* p) { return load(p + o + i); }, [&](const T* p) { return load(p + i); }));
          });
        else
          for (idx c = 0; c < channels; ++c)
            for_vectors<T>(o + c * inner, o + (c + 1) * inner, [&](idx i, const auto& load, const auto& store) {
              store(y + i, f([&](const T* p) { return load(p + i); }, [&](const T* p) { return splat(p[c]); }));
            });
    });
  }

  constexpr idx sums_workspace() const { return column_sum<T>::workspace(outer, channels); }
  /// sum[c] += the sum of f(at, of) over channel c.
  template <class F>
  void sums(executor& e, T* sum, T* workspace, const F& f) const noexcept {
    const auto partial = [&](idx begin, idx end, T* to) {
      const idx length = channels * inner;
      for (idx c = 0; c < channels; ++c) to[c] = 0;
      for (idx o = begin * length; o < end * length; o += length)
        if (inner == 1)
          for_vectors<T>(0, channels, [&](idx i, const auto& load, const auto& store) {
            store(to + i, load(to + i) +
                              f([&](const T* p) { return load(p + o + i); }, [&](const T* p) { return load(p + i); }));
          });
        else
          for (idx c = 0; c < channels; ++c)
            to[c] += ordered_sum<T>(inner, [&](idx i) {
              return f([&](const T* p) { return p[o + c * inner + i]; }, [&](const T* p) { return p[c]; });
            });
    };
    column_sum<T>::run(e, outer, channels, partial, sum, workspace);
  }
};

}  // namespace auris::detail
