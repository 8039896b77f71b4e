#include <auris/backend/cpu/blocks.hpp>
#include <auris/backend/cpu/matrix_transpose.hpp>
#include <auris/backend/cpu/transpose.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::transpose, cpu, float>::forward(const resources<cpu, float>& r,
                                                             const op::transpose::size& s, const float* x,
                                                             float* y) noexcept {
  const idx grain = (detail::row_grain(s.columns) + detail::line - 1) / detail::line * detail::line;
  const idx parts = (s.rows + grain - 1) / grain;
  for_blocks(*r.queue, s.items * parts, [&](idx block, int) {
    const idx n = block / parts, first = block % parts * grain;
    const idx rows = s.rows - first < grain ? s.rows - first : grain;
    detail::transpose(rows, s.columns, x + (n * s.rows + first) * s.columns, s.columns,
                      y + n * s.rows * s.columns + first, s.rows);
  });
}

}  // namespace auris
