#pragma once
#include <auris/backend/cpu/array.hpp>
#include <auris/backend/cpu/vector.hpp>
#include <auris/op/pool.hpp>

namespace auris {
namespace detail {

/// The windows of a pooling: for each output place, in order, the part of x under it.
template <class T>
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
  /// work(offset of y, function that calls its argument with the offset of each place of x)
  template <class Work>
  void lines(idx begin, idx end, const Work& work) const {
    for (idx line = begin; line < end; ++line) {
      const idx n = line / s.time.outputs(), t = line % s.time.outputs();
      for (idx f = 0; f < s.mel.outputs(); ++f)
        work((line * s.mel.outputs() + f) * s.channels, [&](const auto& place) {
          for (idx a = first(s.time, t); a < last(s.time, t); ++a)
            for (idx b = first(s.mel, f); b < last(s.mel, f); ++b)
              place(((n * s.time.extent + a) * s.mel.extent + b) * s.channels);
        });
    }
  }
  /// Over blocks of lines of y.
  template <class Work>
  void forward(executor& e, const Work& work) const noexcept {
    const idx line = s.mel.extent * s.channels * s.time.kernel;
    for_ranges(e, s.items * s.time.outputs(), row_grain(line),
               [&](idx begin, idx end, int) { lines(begin, end, work); });
  }
  /// Clears dx, then over blocks whose windows share no place of x: single lines where windows of time do not overlap,
  /// else items.
  template <class Work>
  void backward(executor& e, T* dx, const Work& work) const noexcept {
    const idx size = s.time.extent * s.mel.extent * s.channels, out = s.time.outputs();
    for_elements(e, s.items * size, [&](idx begin, idx end) {
      __builtin_memset(dx + begin, 0, static_cast<std::size_t>(end - begin) * sizeof(T));
    });
    const bool apart = s.time.stride >= s.time.kernel;
    const idx grain = apart ? row_grain(s.mel.extent * s.channels * s.time.kernel) : out;
    if (out > 0) for_ranges(e, s.items * out, grain, [&](idx begin, idx end, int) { lines(begin, end, work); });
  }
};

/// The larger, NaN before all, the old one where they are equal.
template <class V>
[[gnu::always_inline]] inline V larger(const V& old, const V& v) {
  return ((v > old) | (v != v)) ? v : old;
}

}  // namespace detail

template <class T>
struct kernel<op::max_pool, cpu, T> {
  using R = resources<cpu, T>;

  [[gnu::noinline]] static void forward(const R& r, const op::max_pool::size& s, const T* x, T* y) noexcept {
    detail::pool_windows<T>{s}.forward(*r.queue, [&](idx at, const auto& places) {
      detail::for_vectors<T>(0, s.channels, [&](idx c, const auto& load, const auto& store) {
        store(y + at + c, largest(x + c, places, load));
      });
    });
  }
  [[gnu::noinline]] static void backward(const R& r, const op::max_pool::size& s, const T* x, const T* dy,
                                         T* dx) noexcept {
    detail::pool_windows<T>{s}.backward(*r.queue, dx, [&](idx at, const auto& places) {
      detail::for_vectors<T>(0, s.channels, [&](idx c, const auto& load, const auto& store) {
        const detail::vec<T> most = largest(x + c, places, load), g = load(dy + at + c);
        auto open = (most == most) | (most != most);  // where the first such place is still to come
        places([&](idx p) {
          const detail::vec<T> v = load(x + p + c);
          const auto hit = open & ((v == most) | ((v != v) & (most != most)));
          store(dx + p + c, load(dx + p + c) + (hit ? g : detail::vec<T>{}));
          open &= ~hit;
        });
      });
    });
  }

 private:
  template <class Places, class Load>
  [[gnu::always_inline]] static detail::vec<T> largest(const T* x, const Places& places, const Load& load) {
    detail::vec<T> most = detail::splat(-static_cast<T>(__builtin_inf()));
    places([&](idx p) { most = detail::larger(most, load(x + p)); });
    return most;
  }
};

template <class T>
struct kernel<op::avg_pool, cpu, T> {
  using R = resources<cpu, T>;

  [[gnu::noinline]] static void forward(const R& r, const op::avg_pool::size& s, const T* x, T* y) noexcept {
    const T share = T(1) / T(s.time.kernel * s.mel.kernel);
    detail::pool_windows<T>{s}.forward(*r.queue, [&](idx at, const auto& places) {
      detail::array<T> mean(y + at, s.channels);
      mean.setZero();
      places([&](idx p) { mean += detail::const_array<T>(x + p, s.channels); });
      mean *= share;
    });
  }
  [[gnu::noinline]] static void backward(const R& r, const op::avg_pool::size& s, const T* dy, T* dx) noexcept {
    const T share = T(1) / T(s.time.kernel * s.mel.kernel);
    detail::pool_windows<T>{s}.backward(*r.queue, dx, [&](idx at, const auto& places) {
      const detail::const_array<T> g(dy + at, s.channels);
      places([&](idx p) { detail::array<T>(dx + p, s.channels) += g * share; });
    });
  }
};

}  // namespace auris
