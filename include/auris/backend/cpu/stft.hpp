#pragma once
#include <auris/backend/cpu/transpose.hpp>
#include <auris/op/stft.hpp>

namespace auris {

/// One frame per vector lane, so that no frame's bits depend on its neighbours and the transform needs no shuffles.
template <>
struct kernel<op::stft, cpu, float> {
  static constexpr idx forward_workspace(const op::stft::size& s, int workers) {
    return detail::alignment_slack + workers * per_worker(s);
  }

  static void forward(const resources<cpu, float>& r, const op::stft::size& s, const float* x, const float* window,
                      const float* table, float* y) noexcept {
    using detail::line;
    const detail::fft_plan plan(s.fft % 2 ? s.fft : s.fft / 2);
    float* workspace = detail::aligned(r.workspace);
    for_ranges(*r.queue, s.frames, line, [&](idx begin, idx end, int worker) {
      float* frames = workspace + worker * per_worker(s);  // (fft, 16), later the power (bins, 16)
      float* spectrum = frames + (s.fft + 1) * line;       // (complex numbers, 2, 16)
      float* scratch = spectrum + 2 * plan.length * line;  // (largest prime factor, 2, 16)
      if (end - begin < line)
        for (idx i = 0; i < s.fft * line; ++i) frames[i] = 0;
      detail::transpose(end - begin, s.fft, x + begin * s.hop, s.hop, frames, line);
      detail::loops::power_spectra(s.fft, &plan, window, table, frames, spectrum, scratch);
      float* out = y + begin * s.bins();
      detail::transpose(s.bins(), end - begin, frames, line, out, s.bins());
      if (!s.power)
        for (idx i = 0; i < (end - begin) * s.bins(); ++i) out[i] = std::sqrt(out[i]);
    });
  }

 private:
  static constexpr idx per_worker(const op::stft::size& s) {
    const detail::fft_plan plan(s.fft % 2 ? s.fft : s.fft / 2);
    return (s.fft + 1 + 2 * plan.length + 2 * plan.largest()) * detail::line;
  }
};

}  // namespace auris
