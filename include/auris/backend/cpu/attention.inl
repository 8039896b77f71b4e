#include <auris/backend/cpu/attention.hpp>
#include <auris/backend/cpu/loops.hpp>
#include <auris/backend/cpu/matrix_transpose.hpp>
#include <auris/core/executor.hpp>
#include <limits>
#include <numbers>

namespace auris {

AURIS_KERNEL void kernel<op::attention, cpu, float>::forward(const R& r, const size& s, const float* x,
                                                             const float* mask, float* y) noexcept {
  const idx token = 3 * s.features(), blocks = (s.tokens + columns - 1) / columns;
  float* const packed = detail::aligned(r.workspace);
  float* const scratch = packed + at_once(s) * s.heads * packed_head(s);
  const auto mask_of = [&](idx n) { return mask ? mask + n * s.tokens : nullptr; };
  for (idx first = 0; first < s.items; first += at_once(s)) {
    const idx items = s.items - first < at_once(s) ? s.items - first : at_once(s);
    for_blocks(*r.queue, items * s.heads, [&](idx head, int) {
      const idx n = first + head / s.heads;
      const float* const k = x + n * s.tokens * token + s.features() + head % s.heads * s.width;
      pack(s, k, k + s.features(), mask_of(n), packed + head * packed_head(s));
    });
    for_blocks(*r.queue, items * s.heads * blocks, [&](idx block, int worker) {
      const idx head = block / blocks, i = block % blocks * columns, n = first + head / s.heads;
      const idx row = n * s.tokens + i, column = head % s.heads * s.width;
      attend(s, s.tokens - i < columns ? s.tokens - i : columns, x + row * token + column, attended(s, mask_of(n)),
             packed + head * packed_head(s), scratch + worker * block_scratch(s), y + row * s.features() + column);
    });
  }
}

AURIS_KERNEL idx kernel<op::attention, cpu, float>::attended(const size& s, const float* mask) noexcept {
  if (!mask) return s.tokens;
  idx count = 0;
  for (idx j = 0; j < s.tokens; ++j) count += mask[j] != 0;
  return count;
}

AURIS_KERNEL void kernel<op::attention, cpu, float>::pack(const size& s, const float* k, const float* v,
                                                          const float* mask, float* to) noexcept {
  const idx token = 3 * s.features();
  float* const values = to + packed_keys(s);
  for (idx j = 0, p = 0; j < s.tokens; ++j) {
    if (mask && mask[j] == 0) continue;
    for (idx c = 0; c < s.width; c += detail::line) {
      const idx left = s.width - c < detail::line ? s.width - c : detail::line;
      const auto bytes = sizeof(float) * static_cast<std::size_t>(left);
      float* const key = to + detail::packed_rows::place(p, s.width) + c * detail::product_rows;
      float* const value = values + c * s.tokens + p * detail::line;
      if (left == detail::line) {  // a constant size is copied in registers
        __builtin_memcpy(key, k + j * token + c, sizeof(float) * detail::line);
        __builtin_memcpy(value, v + j * token + c, sizeof(float) * detail::line);
      } else {
        __builtin_memcpy(key, k + j * token + c, bytes);
        __builtin_memcpy(value, v + j * token + c, bytes);
      }
    }
    ++p;
  }
}

AURIS_KERNEL void kernel<op::attention, cpu, float>::attend(const size& s, idx count, const float* q, idx keys,
                                                            const float* packed, float* own, float* y) noexcept {
  const idx lines = detail::whole_lines(s.width), rows = detail::product_rows;
  float *const queries = own, *const scores = queries + s.width * columns;
  float* const sums = scores + keys_of_block(s) * columns;  // y, transposed
  float *const most = sums + lines * columns, *const sum = most + columns, *const factor = sum + columns;
  detail::transpose(count, s.width, q, 3 * s.features(), queries, columns);
  // Powers of two are quicker than those of e.
  const double scale = s.scale_of_scores() * std::numbers::log2e;
  detail::loops::scale(s.width * columns, queries, static_cast<float>(scale), queries);
  for (idx i = 0; i < columns; ++i) {
    most[i] = std::numeric_limits<float>::lowest();
    sum[i] = 0;
  }
  // Columns behind the last query, and rows behind the last key or feature, are computed from whatever is there: none of them
  // reaches another one.
  const idx panels = (keys + rows - 1) / rows, blocks = (keys + most_keys - 1) / most_keys;
  for (idx b = 0; b < blocks; ++b) {
    const idx first = panels * b / blocks * rows, end = panels * (b + 1) / blocks * rows;
    const idx used = (end < keys ? end : keys) - first;
    for (idx j = 0; j < used; j += rows)
      detail::loops::product_tile<float>(packed + detail::packed_rows::place(first + j, s.width), queries, s.width,
                                         nullptr, 0, scores + j * columns, columns, false);
    detail::loops::shares_of_scores(used, scores, most, sum, factor);
    if (b > 0) detail::loops::scale_columns(lines, factor, sums);
    for (idx c = 0; c < lines; c += detail::line)
      detail::loops::product_transposed(packed + packed_keys(s) + c * s.tokens + first * detail::line, scores, used,
                                        b > 0 ? sums + c * columns : nullptr, columns, sums + c * columns, columns,
                                        false);
  }
  if (keys == 0)
    for (idx c = 0; c < lines * columns; ++c) sums[c] = 0;
  for (idx i = 0; i < columns; ++i) factor[i] = keys > 0 ? 1 / sum[i] : 0;
  detail::loops::scale_columns(lines, factor, sums);
  detail::transpose(s.width, count, sums, columns, y, s.features());
}

}  // namespace auris
