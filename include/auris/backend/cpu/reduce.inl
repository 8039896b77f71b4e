#include <auris/backend/cpu/blocks.hpp>
#include <auris/backend/cpu/loops.hpp>
#include <auris/backend/cpu/reduce.hpp>

namespace auris {
namespace detail {

/// Runs work(outer, first, count) over stretches of the inner axis of (outer, length, inner).
template <class Work>
void for_inner(executor& e, idx outer, idx length, idx inner, const Work& work) noexcept {
  constexpr idx stretch = 1024;
  const idx parts = (inner + stretch - 1) / stretch;
  for_ranges(e, outer * parts, row_grain(length * (inner < stretch ? inner : stretch)), [&](idx begin, idx end, int) {
    for (idx b = begin; b < end; ++b) {
      const idx first = b % parts * stretch;
      work(b / parts, first, first + stretch < inner ? stretch : inner - first);
    }
  });
}

}  // namespace detail

AURIS_KERNEL void kernel<op::mean_axis, cpu, float>::forward(const R& r, const op::mean_axis::size& s, const float* x,
                                                             float* y) noexcept {
  const float share = 1 / static_cast<float>(s.length);
  detail::for_inner(*r.queue, s.outer, s.length, s.inner, [&](idx o, idx first, idx count) {
    const float* const from = x + o * s.length * s.inner + first;
    if (s.inner == 1) {
      y[o] = detail::ordered_sum<float>(s.length, [&](idx i) { return from[i]; }) * share;
      return;
    }
    float* const mean = y + o * s.inner + first;
    detail::apply(detail::loops::scale, count, from, share, mean);
    for (idx i = 1; i < s.length; ++i)
      detail::apply(detail::loops::add_scaled_to, count, from + i * s.inner, share, mean);
  });
}

AURIS_KERNEL void kernel<op::mean_axis, cpu, float>::backward(const R& r, const op::mean_axis::size& s, const float* dy,
                                                              float* dx) noexcept {
  const float share = 1 / static_cast<float>(s.length);
  detail::for_inner(*r.queue, s.outer, s.length, s.inner, [&](idx o, idx first, idx count) {
    for (idx i = 0; i < s.length; ++i)
      detail::apply(detail::loops::scale, count, dy + o * s.inner + first, share,
                    dx + (o * s.length + i) * s.inner + first);
  });
}

AURIS_KERNEL void kernel<op::max_axis, cpu, float>::forward(const R& r, const op::max_axis::size& s, const float* x,
                                                            float* y) noexcept {
  detail::for_inner(*r.queue, s.outer, s.length, s.inner, [&](idx o, idx first, idx count) {
    if (count < detail::line) {
      for (idx j = first; j < first + count; ++j) y[o * s.inner + j] = x[largest(s, x, o, j)];
      return;
    }
    const float* const from = x + o * s.length * s.inner + first;
    float* const most = y + o * s.inner + first;
    __builtin_memcpy(most, from, static_cast<std::size_t>(count) * sizeof(float));
    for (idx i = 1; i < s.length; ++i) detail::apply(detail::loops::keep_larger, count, from + i * s.inner, most);
  });
}

AURIS_KERNEL void kernel<op::max_axis, cpu, float>::backward(const R& r, const op::max_axis::size& s, const float* x,
                                                             const float* dy, float* dx) noexcept {
  detail::for_inner(*r.queue, s.outer, s.length, s.inner, [&](idx o, idx first, idx count) {
    for (idx i = 0; i < s.length; ++i)
      __builtin_memset(dx + (o * s.length + i) * s.inner + first, 0, static_cast<std::size_t>(count) * sizeof(float));
    for (idx j = first; j < first + count; ++j) dx[largest(s, x, o, j)] = dy[o * s.inner + j];
  });
}

AURIS_KERNEL idx kernel<op::max_axis, cpu, float>::largest(const op::max_axis::size& s, const float* x, idx o, idx j) {
  idx best = o * s.length * s.inner + j;
  for (idx i = 1, at = best + s.inner; i < s.length; ++i, at += s.inner)
    if (x[at] > x[best] || (x[at] != x[at] && x[best] == x[best])) best = at;
  return best;
}

}  // namespace auris
