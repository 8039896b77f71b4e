#include <auris/backend/cpu/bands.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::bands, cpu, float>::forward(const resources<cpu, float>& r, const op::bands::size& s,
                                                         const float* x, const float* window, const float* table,
                                                         const idx* first, const idx* offset, const float* weight,
                                                         float* y) noexcept {
  detail::band_task bands = detail::bands_to_sum(s.bands, first, offset, weight);
  bands.magnitude = !s.spectra.power;
  bands.compress = s.scale != 0;
  bands.floor = static_cast<float>(s.floor);
  bands.low = static_cast<float>(s.low);
  bands.shift = static_cast<float>(s.offset);
  bands.scale = static_cast<float>(s.scale);
  detail::for_frames(*r.queue, s.spectra, x, window, table, r.workspace, s.bands * detail::line,
                     [&](idx begin, idx end, const detail::fft_task& task, const float* frames, float* sums) {
                       detail::band_task own = bands;
                       own.sums = sums;
                       detail::loops::write_bands(&task, &own, frames, end - begin, y + begin * s.bands);
                     });
}

}  // namespace auris
