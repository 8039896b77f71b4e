#include <auris/backend/cpu/column_sum.hpp>
#include <auris/backend/cpu/merge.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::copy, cpu, float>::forward(const resources<cpu, float>& r, const op::copy::size& s,
                                                        const float* x, float* y) noexcept {
  if (s.count <= 0) return;
  const idx stretch = s.count < detail::element_grain ? s.count : detail::element_grain;
  const idx parts = (s.count + stretch - 1) / stretch;
  for_ranges(*r.queue, s.rows * parts, detail::row_grain(stretch), [&](idx begin, idx end, int) {
    for (idx b = begin; b < end; ++b) {
      const idx row = b / parts, first = b % parts * stretch, left = s.count - first;
      const idx count = left < stretch ? left : stretch;
      __builtin_memcpy(y + row * s.y_stride + first, x + row * s.x_stride + first,
                       static_cast<std::size_t>(count) * sizeof(float));
    }
  });
}

AURIS_KERNEL void kernel<op::add, cpu, float>::forward(const R& r, const op::add::size& s, const float* b,
                                                       float* y) noexcept {
  if (!s.repeated)
    detail::for_elements(*r.queue, s.items * s.repeat * s.last, detail::loops::add_to, y, b);
  else
    for_ranges(*r.queue, s.items * s.repeat, detail::row_grain(s.last), [&](idx begin, idx end, int) {
      for (idx k = begin; k < end; ++k) detail::add_to(s.last, y + k * s.last, b + k / s.repeat * s.last);
    });
}

AURIS_KERNEL void kernel<op::add, cpu, float>::backward(const R& r, const op::add::size& s, const float* dy,
                                                        float* db) noexcept {
  if (!s.repeated)
    detail::for_elements(*r.queue, s.items * s.repeat * s.last, [&](idx i, idx end) {
      __builtin_memcpy(db + i, dy + i, static_cast<std::size_t>(end - i) * sizeof(float));
    });
  else
    for_blocks(*r.queue, s.items, [&](idx n, int) {
      for (idx i = 0; i < s.last; ++i) db[n * s.last + i] = 0;
      for (idx k = 0; k < s.repeat; ++k) detail::add_to(s.last, db + n * s.last, dy + (n * s.repeat + k) * s.last);
    });
}

AURIS_KERNEL void kernel<op::multiply, cpu, float>::forward(const R& r, const op::multiply::size& s, const float* a,
                                                            const float* b, float* y) noexcept {
  product(*r.queue, s, a, b, y);
}

AURIS_KERNEL void kernel<op::multiply, cpu, float>::backward(const R& r, const op::multiply::size& s, const float* a,
                                                             const float* b, const float* dy, float* da,
                                                             float* db) noexcept {
  if (da) product(*r.queue, s, dy, b, da);
  if (!db) return;
  if (!s.repeated) return product(*r.queue, s, dy, a, db);
  for_blocks(*r.queue, s.items, [&](idx n, int) {
    float* const sum = db + n * s.last;
    for (idx i = 0; i < s.last; ++i) sum[i] = 0;
    for (idx k = n * s.repeat; k < (n + 1) * s.repeat; ++k)
      detail::apply(detail::loops::add_product_to, s.last, dy + k * s.last, a + k * s.last, sum);
  });
}

AURIS_KERNEL void kernel<op::multiply, cpu, float>::product(executor& e, const op::multiply::size& s, const float* a,
                                                            const float* b, float* y) noexcept {
  if (!s.repeated)
    detail::for_elements(e, s.items * s.repeat * s.last, detail::loops::multiply, a, b, y);
  else
    for_ranges(e, s.items * s.repeat, detail::row_grain(s.last), [&](idx begin, idx end, int) {
      for (idx k = begin; k < end; ++k)
        detail::apply(detail::loops::multiply, s.last, a + k * s.last, b + k / s.repeat * s.last, y + k * s.last);
    });
}

}  // namespace auris
