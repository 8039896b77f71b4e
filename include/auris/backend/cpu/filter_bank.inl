#include <auris/backend/cpu/filter_bank.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::filter_bank, cpu, float>::forward(const resources<cpu, float>& r,
                                                               const op::filter_bank::size& s, const float* x,
                                                               const idx* first, const idx* offset, const float* weight,
                                                               float* y) noexcept {
  using detail::line;
  const detail::band_task bands = detail::bands_to_sum(s.bands, first, offset, weight);
  float* workspace = detail::aligned(r.workspace);
  for_ranges(*r.queue, s.frames, line, [&](idx begin, idx end, int worker) {
    float* lines = workspace + worker * (s.bins + s.bands) * line;
    detail::band_task own = bands;
    own.sums = lines + s.bins * line;
    detail::loops::sum_bands(&own, end - begin, s.bins, x + begin * s.bins, lines, y + begin * s.bands);
  });
}

}  // namespace auris
