#include <auris/backend/cpu/stft.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::stft, cpu, float>::forward(const resources<cpu, float>& r, const op::stft::size& s,
                                                        const float* x, const float* window, const float* table,
                                                        float* y) noexcept {
  detail::for_frames(*r.queue, s, x, window, table, r.workspace, 0,
                     [&](idx begin, idx end, const detail::fft_task& task, const float* frames, float*) {
                       detail::loops::write_spectra(&task, frames, end - begin, !s.power, y + begin * s.bins());
                     });
}

}  // namespace auris
