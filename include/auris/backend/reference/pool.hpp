#pragma once
#include <auris/op/pool.hpp>
#include <limits>

namespace auris {

namespace detail {
/// Calls window(element of y, visit_all) for every window; visit_all(visit) calls visit(element of x), in order.
template <class Window>
void for_pool_windows(const op::pool::size& s, const Window& window) noexcept {
  const idx times = s.time.outputs(), mels = s.mel.outputs();
  for (idx n = 0; n < s.items; ++n)
    for (idx t = 0; t < times; ++t)
      for (idx f = 0; f < mels; ++f)
        for (idx c = 0; c < s.channels; ++c)
          window(((n * times + t) * mels + f) * s.channels + c, [&](const auto& visit) {
            for (idx i = 0; i < s.time.kernel; ++i)
              for (idx j = 0; j < s.mel.kernel; ++j) {
                const idx time = t * s.time.stride + i - s.time.padding;
                const idx mel = f * s.mel.stride + j - s.mel.padding;
                if (time >= 0 && time < s.time.extent && mel >= 0 && mel < s.mel.extent)
                  visit(((n * s.time.extent + time) * s.mel.extent + mel) * s.channels + c);
              }
          });
}
template <class T>
void clear_pool_input(const op::pool::size& s, T* dx) noexcept {
  for (idx k = 0; k < s.items * s.time.extent * s.mel.extent * s.channels; ++k) dx[k] = T(0);
}
}  // namespace detail

template <class T>
struct kernel<op::max_pool, reference, T> {
  static void forward(const resources<reference, T>&, const op::max_pool::size& s, const T* x, T* y) noexcept {
    detail::for_pool_windows(s, [&](idx out, const auto& visit_all) {
      const idx k = largest(x, visit_all);
      y[out] = k < 0 ? -std::numeric_limits<T>::infinity() : x[k];
    });
  }
  static void backward(const resources<reference, T>&, const op::max_pool::size& s, const T* x, const T* dy,
                       T* dx) noexcept {
    detail::clear_pool_input(s, dx);
    detail::for_pool_windows(s, [&](idx out, const auto& visit_all) {
      const idx k = largest(x, visit_all);
      if (k >= 0) dx[k] += dy[out];
    });
  }

 private:
  template <class VisitAll>
  static idx largest(const T* x, const VisitAll& visit_all) noexcept {
    idx best = -1;
    visit_all([&](idx k) {
      const bool nan = x[k] != x[k];
      if (best < 0 || x[k] > x[best] || (nan && x[best] == x[best])) best = k;
    });
    return best;
  }
};

template <class T>
struct kernel<op::avg_pool, reference, T> {
  static void forward(const resources<reference, T>&, const op::avg_pool::size& s, const T* x, T* y) noexcept {
    detail::for_pool_windows(s, [&](idx out, const auto& visit_all) {
      T sum = 0;
      visit_all([&](idx k) { sum += x[k]; });
      y[out] = sum / static_cast<T>(s.time.kernel * s.mel.kernel);
    });
  }
  static void backward(const resources<reference, T>&, const op::avg_pool::size& s, const T* dy, T* dx) noexcept {
    detail::clear_pool_input(s, dx);
    detail::for_pool_windows(s, [&](idx out, const auto& visit_all) {
      visit_all([&](idx k) { dx[k] += dy[out] / static_cast<T>(s.time.kernel * s.mel.kernel); });
    });
  }
};

}  // namespace auris
