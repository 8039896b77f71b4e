#include <auris/backend/cpu/attention_pool.hpp>
#include <auris/backend/cpu/blocks.hpp>
#include <auris/backend/cpu/column_sum.hpp>
#include <auris/backend/cpu/loops.hpp>
#include <auris/backend/cpu/matrix_transpose.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::attention_pool, cpu, float>::forward(const R& r, const size& s, const float* x,
                                                                  const weights<const float>& w, float* y,
                                                                  float* a) noexcept {
  const idx work = 2 * column_block(s) * s.length, enough = idx(1) << 18;
  for_ranges(*r.queue, groups(s), work < enough ? enough / work : 1, [&](idx begin, idx end, int worker) {
    float *const columns = r.workspace + worker * 4 * column_block(s), *const u = columns + column_block(s);
    float *const v = u + column_block(s), *const rows = v + column_block(s);
    for (idx k = begin; k < end; ++k) {
      const group g(s.length, s.inner, s.columns(), k);
      float mean[detail::line];
      pool(s, g, x, w, columns, u, v, nullptr, mean);
      for (idx q = 0; y && q < g.used; ++q) y[g.first + q] = mean[q];
      if (!a) continue;
      detail::transpose(s.length, detail::line, v, detail::line, rows, s.length);
      for (idx q = 0; q < g.used; ++q)
        __builtin_memcpy(a + map(s, g.first + q), rows + q * s.length,
                         sizeof(float) * static_cast<std::size_t>(s.length));
    }
  });
}

AURIS_KERNEL void kernel<op::attention_pool, cpu, float>::backward(const R& r, const size& s, const float* x,
                                                                   const weights<const float>& w, const float* dy,
                                                                   const float* da, float* dx,
                                                                   const weights<float>* gradients) noexcept {
  const idx count = blocks(s), length = s.length, wide = width(s);
  float* const sums = r.workspace + r.queue->workers() * backward_scratch(s);
  for_blocks(*r.queue, count, [&](idx block, int worker) {
    float *const columns = r.workspace + worker * backward_scratch(s), *const u = columns + column_block(s);
    float *const v = u + column_block(s), *const sigmoids = v + column_block(s);
    float *const given = sigmoids + column_block(s), *const rows = given + column_block(s);
    float *const dvalue = sums + block * gradient_block(s), *const dattention = dvalue + length * wide;
    float* const dbias = dattention + length * wide;
    if (gradients)
      for (idx i = 0; i < gradient_block(s); ++i) dvalue[i] = 0;

    for (idx k = groups(s) * block / count; k < groups(s) * (block + 1) / count; ++k) {
      const group g(length, s.inner, s.columns(), k);
      float mean[detail::line];
      pool(s, g, x, w, columns, u, v, sigmoids, mean);
      for (idx q = 0; q < detail::line; ++q) mean[q] = dy && q < g.used ? dy[g.first + q] : 0;
      if (da) {
        for (idx q = 0; q < detail::line; ++q)
          for (idx o = 0; o < length; ++o) rows[q * length + o] = q < g.used ? da[map(s, g.first + q) + o] : 0;
        detail::transpose(detail::line, length, rows, length, given, detail::line);
      }
      detail::loops::attention_columns_backward(length, s.how == op::attention_pool::form::code, mean,
                                                da ? given : nullptr, sigmoids, u, v);
      if (gradients) {
        for (idx i = 0; i < detail::line * wide; ++i) rows[i] = 0;
        detail::transpose(length, detail::line, columns, detail::line, rows, wide);
        detail::loops::add_outer_products(length, wide, u, rows, dvalue, dbias);
        detail::loops::add_outer_products(length, wide, v, rows, dattention, dbias + length);
      }
      if (dx) {
        detail::loops::map_columns(length, w.value, 1, length, nullptr, u, false, columns);
        detail::loops::map_columns(length, w.attention, 1, length, nullptr, v, true, columns);
        g.scatter(columns, dx);
      }
    }
  });
  for (idx block = 0; gradients && block < count; ++block) {
    const float *const dvalue = sums + block * gradient_block(s), *const dattention = dvalue + length * wide;
    for (idx o = 0; o < length; ++o) {
      detail::add_to(length, gradients->value + o * length, dvalue + o * wide);
      detail::add_to(length, gradients->attention + o * length, dattention + o * wide);
    }
    detail::add_to(length, gradients->value_bias, dattention + length * wide);
    detail::add_to(length, gradients->attention_bias, dattention + length * wide + length);
  }
}

/// What `attention_columns` makes of a group.
AURIS_KERNEL void kernel<op::attention_pool, cpu, float>::pool(const size& s, const group& g, const float* x,
                                                               const weights<const float>& w, float* columns, float* u,
                                                               float* v, float* sigmoids, float* y) noexcept {
  g.gather(x, columns);
  detail::loops::map_columns(s.length, w.value, s.length, 1, w.value_bias, columns, false, u);
  detail::loops::map_columns(s.length, w.attention, s.length, 1, w.attention_bias, columns, false, v);
  detail::loops::attention_columns(s.length, s.how == op::attention_pool::form::code, u, v, sigmoids, y);
}

/// Where a column's weights stand in a.
AURIS_KERNEL idx kernel<op::attention_pool, cpu, float>::map(const size& s, idx column) noexcept {
  const idx row = column / s.inner, n = row / s.before;
  return ((n * s.inner + column % s.inner) * s.before + row % s.before) * s.length;
}

}  // namespace auris
