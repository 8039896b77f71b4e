#pragma once
#include <auris/backend/cuda/divisor.cuh>
#include <auris/backend/cuda/elementwise.cuh>
#include <auris/backend/cuda/resize.hpp>

namespace auris {

namespace detail::gpu {

// A resize is a sparse matrix (out, length) over the middle axis: value(to, x) is its row `to` times what x(place) gives,
// slope(from, dy) its column `from` times what dy(place) gives. What is not zero is found with whole numbers alone.
template <class Operation, class T>
struct resize;

template <class T>
struct resize<op::repeat, T> {
  divisor times;
  idx last, out;
  explicit resize(const op::repeat::size& s) noexcept : times(s.times), last(s.length - 1), out(s.out) {}

  template <class X>
  __device__ T value(idx to, const X& x) const {
    const idx from = to / times;
    return x(from < last ? from : last);
  }
  template <class X>
  __device__ T slope(idx from, const X& dy) const {
    T sum = 0;
    const idx begin = from * times.value(), bound = begin + times.value(),
              end = from < last && bound < out ? bound : out;
    for (idx to = begin; to < end; ++to) sum += dy(to);
    return sum;
  }
};

template <class T>
struct resize<op::adaptive_avg_pool, T> {
  divisor length, out;
  explicit resize(const op::adaptive_avg_pool::size& s) noexcept : length(s.length), out(s.out) {}

  /// Of the mean at `to`: [begin, end).
  __device__ idx begin(idx to) const { return to * length.value() / out; }
  __device__ idx end(idx to) const { return ((to + 1) * length.value() + out.value() - 1) / out; }

  template <class X>
  __device__ T value(idx to, const X& x) const {
    const idx first = begin(to), last = end(to);
    T sum = 0;
    for (idx from = first; from < last; ++from) sum += x(from);
    return sum / static_cast<T>(last - first);
  }
  template <class X>
  __device__ T slope(idx from, const X& dy) const {
    const idx last = ((from + 1) * out.value() + length.value() - 1) / length;
    T sum = 0;
    for (idx to = from * out.value() / length; to < last; ++to) sum += dy(to) / static_cast<T>(end(to) - begin(to));
    return sum;
  }
};

template <class T>
struct resize<op::interpolate, T> {
  idx length, out;
  divisor by_length, by_out, by_length_twice, by_out_twice;
  bool linear;
  explicit resize(const op::interpolate::size& s) noexcept
      : length(s.length),
        out(s.out),
        by_length(s.length),
        by_out(s.out),
        by_length_twice(2 * s.length),
        by_out_twice(2 * s.out),
        linear(s.linear) {}

  /// Between `left` and `right`, `share` of the way.
  struct neighbours {
    idx left, right;
    T share;
  };
  __device__ neighbours around(idx to) const {
    const idx doubled = (2 * to + 1) * length - out;  // 2 out ((to + 0.5) length / out - 0.5)
    if (doubled <= 0) return {0, 0, T(0)};
    const idx left = doubled / by_out_twice;
    return {left, left + 1 < length ? left + 1 : length - 1,
            static_cast<T>(doubled - left * 2 * out) / static_cast<T>(2 * out)};
  }

  template <class X>
  __device__ T value(idx to, const X& x) const {
    if (!linear) return x(to * length / by_out);
    const neighbours n = around(to);
    return (T(1) - n.share) * x(n.left) + n.share * x(n.right);
  }
  template <class X>
  __device__ T slope(idx from, const X& dy) const {
    T sum = 0;
    if (!linear) {
      for (idx to = rounded_up(from * out, by_length), end = rounded_up((from + 1) * out, by_length); to < end; ++to)
        sum += dy(to);
      return sum;
    }
    // left is from - 1 or from: (from - 1) 2 out <= (2 to + 1) length - out < (from + 1) 2 out, or left is clamped to 0
    const idx least = (2 * from - 1) * out - length, above = (2 * from + 3) * out - length;
    const idx begin = from == 0 || least <= 0 ? 0 : rounded_up(least, by_length_twice);
    const idx bound = above <= 0 ? 0 : rounded_up(above, by_length_twice), end = bound < out ? bound : out;
    for (idx to = begin; to < end; ++to) {
      const neighbours n = around(to);
      const T factor = (n.left == from ? T(1) - n.share : T(0)) + (n.right == from ? n.share : T(0));
      sum += factor * dy(to);
    }
    return sum;
  }

 private:
  __device__ static idx rounded_up(idx n, const divisor& d) { return (n + d.value() - 1) / d; }
};

/// For each place of an array (outer, own, inner) what the rule makes of the array `from` (outer, other, inner).
template <bool Gradient, class T, class Resize>
__global__ void resize_kernel(idx count, divisor own, divisor inner, idx other, Resize rule, const T* __restrict__ from,
                              T* __restrict__ to) {
  for_packs<1>(count, [&](idx k, auto) {
    const idx row = k / inner, outer = row / own, place = row - outer * own.value();
    const T* const column = from + outer * other * inner.value() + (k - row * inner.value());
    const auto read = [&](idx at) { return column[at * inner.value()]; };
    if constexpr (Gradient)
      to[k] = rule.slope(place, read);
    else
      to[k] = rule.value(place, read);
  });
}

}  // namespace detail::gpu

template <class Operation, class T>
void detail::cuda_resize<Operation, T>::forward(const R& r, const typename Operation::size& s, const T* x,
                                                T* y) noexcept {
  using rule = gpu::resize<Operation, T>;
  const idx count = s.outer * s.out * s.inner;
  if (count <= 0) return;
  gpu::launch({"resize forward", gpu::blocks_for(count, gpu::element_threads), gpu::element_threads, r.queue},
              gpu::resize_kernel<false, T, rule>, count, gpu::divisor(s.out), gpu::divisor(s.inner), s.length, rule(s),
              x, y);
}

template <class Operation, class T>
void detail::cuda_resize<Operation, T>::backward(const R& r, const typename Operation::size& s, const T* dy,
                                                 T* dx) noexcept {
  using rule = gpu::resize<Operation, T>;
  const idx count = s.outer * s.length * s.inner;
  if (s.out <= 0) cuda_memory::clear(r.queue, count, dx);
  if (s.out <= 0 || count <= 0) return;
  gpu::launch({"resize backward", gpu::blocks_for(count, gpu::element_threads), gpu::element_threads, r.queue},
              gpu::resize_kernel<true, T, rule>, count, gpu::divisor(s.length), gpu::divisor(s.inner), s.out, rule(s),
              dy, dx);
}

}  // namespace auris
