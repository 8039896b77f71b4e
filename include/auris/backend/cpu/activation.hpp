#pragma once
#include <auris/backend/cpu/array.hpp>
#include <auris/backend/cpu/vector_math.hpp>
#include <auris/op/activation.hpp>

namespace auris {

template <class T>
struct kernel<op::relu, cpu, T> {
  using R = resources<cpu, T>;

  [[gnu::noinline]] static void forward(const R& r, const op::relu::size& s, const T* x, T* y) noexcept {
    detail::for_elements(*r.queue, s.count, [&](idx i, idx end) {
      detail::transform(
          end - i, y + i, [](const detail::vec<T>& v) { return v < T(0) ? detail::vec<T>{} : v; }, x + i);
    });
  }
  [[gnu::noinline]] static void backward(const R& r, const op::relu::size& s, const T*, const T* y, const T* dy,
                                         T* dx) noexcept {
    detail::for_elements(*r.queue, s.count, [&](idx i, idx end) {
      detail::transform(
          end - i, dx + i,
          [](const detail::vec<T>& v, const detail::vec<T>& g) { return v > T(0) ? g : detail::vec<T>{}; }, y + i,
          dy + i);
    });
  }
};

template <class T>
struct kernel<op::sigmoid, cpu, T> {
  using R = resources<cpu, T>;

  [[gnu::noinline]] static void forward(const R& r, const op::sigmoid::size& s, const T* x, T* y) noexcept {
    detail::for_elements(*r.queue, s.count, [&](idx i, idx end) {
      detail::transform(
          end - i, y + i, [](const detail::vec<T>& v) { return detail::sigmoid(v); }, x + i);
    });
  }
  [[gnu::noinline]] static void backward(const R& r, const op::sigmoid::size& s, const T*, const T* y, const T* dy,
                                         T* dx) noexcept {
    detail::for_elements(*r.queue, s.count, [&](idx i, idx end) {
      detail::transform(
          end - i, dx + i, [](const detail::vec<T>& v, const detail::vec<T>& g) { return g * (v * (1 - v)); }, y + i,
          dy + i);
    });
  }
};

template <class T>
struct kernel<op::tanh, cpu, T> {
  using R = resources<cpu, T>;

  [[gnu::noinline]] static void forward(const R& r, const op::tanh::size& s, const T* x, T* y) noexcept {
    detail::for_elements(*r.queue, s.count, [&](idx i, idx end) {
      detail::transform(
          end - i, y + i, [](const detail::vec<T>& v) { return detail::tanh(v); }, x + i);
    });
  }
  [[gnu::noinline]] static void backward(const R& r, const op::tanh::size& s, const T*, const T* y, const T* dy,
                                         T* dx) noexcept {
    detail::for_elements(*r.queue, s.count, [&](idx i, idx end) {
      detail::transform(
          end - i, dx + i, [](const detail::vec<T>& v, const detail::vec<T>& g) { return g * (1 - v * v); }, y + i,
          dy + i);
    });
  }
};

}  // namespace auris
