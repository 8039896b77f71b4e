#include <auris/backend/cpu/blocks.hpp>
#include <auris/backend/cpu/loops.hpp>
#include <auris/backend/cpu/softmax.hpp>

namespace auris {

namespace detail {

/// Sixteen columns of (outer, length, inner): side by side in lines, each is a lane's work. What is not a column repeats the
/// first.
struct column_group {
  idx length, inner, used;
  idx at[line];  ///< where the columns start

  [[gnu::noinline]] void gather(const float* x, float* to) const noexcept {
    for (idx k = 0; k < length; ++k)
      for (idx q = 0; q < line; ++q) to[k * line + q] = x[at[q] + k * inner];
  }
  [[gnu::noinline]] void scatter(const float* from, float* y) const noexcept {
    for (idx k = 0; k < length; ++k)
      for (idx q = 0; q < used; ++q) y[at[q] + k * inner] = from[k * line + q];
  }
};

/// work(group, worker) for all columns.
template <class Size, class Work>
void for_columns(executor& e, const Size& s, const Work& work) noexcept {
  const idx columns = s.outer * s.inner, groups = (columns + line - 1) / line;
  for_ranges(e, groups, row_grain(s.length * line), [&](idx begin, idx end, int worker) {
    for (idx v = begin; v < end; ++v) {
      const idx first = v * line, left = columns - first;
      column_group g{s.length, s.inner, left < line ? left : line, {}};
      for (idx q = 0; q < line; ++q) {
        const idx column = first + (q < g.used ? q : 0);
        g.at[q] = column / s.inner * s.length * s.inner + column % s.inner;
      }
      work(g, worker);
    }
  });
}

template <class Size>
void softmax_forward(const resources<cpu, float>& r, const Size& s, const loop<idx, float*>& columns, const float* x,
                     float* y) noexcept {
  for_columns(*r.queue, s, [&](const column_group& g, int worker) {
    float* const own = r.workspace + worker * s.length * line;
    g.gather(x, own);
    columns(s.length, own);
    g.scatter(own, y);
  });
}
template <class Size>
void softmax_backward(const resources<cpu, float>& r, const Size& s, const loop<idx, const float*, float*>& columns,
                      const float* y, const float* dy, float* dx) noexcept {
  for_columns(*r.queue, s, [&](const column_group& g, int worker) {
    float *const own = r.workspace + 2 * worker * s.length * line, *const gradients = own + s.length * line;
    g.gather(y, own);
    g.gather(dy, gradients);
    columns(s.length, own, gradients);
    g.scatter(gradients, dx);
  });
}

}  // namespace detail

AURIS_KERNEL void kernel<op::softmax, cpu, float>::forward(const R& r, const op::softmax::size& s, const float* x,
                                                           float* y) noexcept {
  detail::softmax_forward(r, s, detail::loops::softmax_columns, x, y);
}

AURIS_KERNEL void kernel<op::softmax, cpu, float>::backward(const R& r, const op::softmax::size& s, const float* y,
                                                            const float* dy, float* dx) noexcept {
  detail::softmax_backward(r, s, detail::loops::softmax_columns_backward, y, dy, dx);
}

AURIS_KERNEL void kernel<op::log_softmax, cpu, float>::forward(const R& r, const op::log_softmax::size& s,
                                                               const float* x, float* y) noexcept {
  detail::softmax_forward(r, s, detail::loops::log_softmax_columns, x, y);
}

AURIS_KERNEL void kernel<op::log_softmax, cpu, float>::backward(const R& r, const op::log_softmax::size& s,
                                                                const float* y, const float* dy, float* dx) noexcept {
  detail::softmax_backward(r, s, detail::loops::log_softmax_columns_backward, y, dy, dx);
}

}  // namespace auris
