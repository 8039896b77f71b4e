#include <auris/backend/cpu/blocks.hpp>
#include <auris/backend/cpu/column_group.hpp>
#include <auris/backend/cpu/loops.hpp>
#include <auris/backend/cpu/softmax.hpp>

namespace auris {

namespace detail {

/// work(group, worker) for all columns.
template <class Size, class Work>
void for_columns(executor& e, const Size& s, const Work& work) noexcept {
  const idx columns = s.outer * s.inner;
  for_ranges(e, column_group::count(columns), row_grain(s.length * line), [&](idx begin, idx end, int worker) {
    for (idx v = begin; v < end; ++v) work(column_group(s.length, s.inner, columns, v), worker);
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
