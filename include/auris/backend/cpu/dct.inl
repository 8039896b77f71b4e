#include <auris/backend/cpu/dct.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::dct, cpu, float>::forward(const resources<cpu, float>& r, const op::dct::size& s,
                                                       const float* x, const float* table, float* y) noexcept {
  using detail::line;
  float* workspace = detail::aligned(r.workspace);
  for_ranges(*r.queue, s.rows, line, [&](idx begin, idx end, int worker) {
    float* lines = workspace + worker * (s.length + s.count) * line;
    detail::loops::sum_rows(end - begin, s.length, s.count, x + begin * s.length, table, lines, lines + s.length * line,
                            y + begin * s.count);
  });
}

}  // namespace auris
