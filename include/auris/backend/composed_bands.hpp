#pragma once
#include <auris/op/bands.hpp>

namespace auris::detail {

/// The kernel of op::bands of a backend that does it step by step, for a block of frames at a time.
template <class Backend, class T>
struct composed_bands {
  static constexpr idx forward_workspace(const op::bands::size& s, int workers) {
    const op::stft::size one = spectra(s, block(s));
    return one.frames * one.bins() + work_of_spectra(one, workers) + work_of_filters(filters(s, one.frames), workers);
  }

  static void forward(const resources<Backend, T>& r, const op::bands::size& s, const T* x, const T* window,
                      const T* table, const idx* first, const idx* offset, const T* weight, T* y) noexcept {
    T* spectrum = r.workspace;
    const op::stft::size one = spectra(s, block(s));
    const resources<Backend, T> rest{r.queue, spectrum + one.frames * one.bins()};
    for (idx t = 0; t < s.spectra.frames; t += one.frames, x += one.frames * one.hop, y += one.frames * s.bands) {
      const idx n = s.spectra.frames - t < one.frames ? s.spectra.frames - t : one.frames;
      kernel_of<op::stft, Backend, T>::forward(rest, spectra(s, n), x, window, table, spectrum);
      kernel_of<op::filter_bank, Backend, T>::forward(rest, filters(s, n), spectrum, first, offset, weight, y);
      if (s.scale != 0)
        kernel_of<op::logarithm, Backend, T>::forward(rest, {n * s.bands, s.floor, s.offset, s.scale, s.low}, y, y);
    }
  }

 private:
  /// Frames whose spectra are kept: as many as a cache of the host holds, and more on a GPU, to fill it.
  static constexpr idx block(const op::bands::size& s) {
    const idx fit = (idx(1) << 20) / s.spectra.bins() / 16 * 16;
    const idx most = (fit < 16 ? 16 : fit > 1024 ? 1024 : fit) * (Backend::memory::on_host ? 1 : 8);
    return s.spectra.frames < most ? s.spectra.frames : most;
  }
  static constexpr op::stft::size spectra(const op::bands::size& s, idx frames) {
    return {frames, s.spectra.fft, s.spectra.hop, s.spectra.power};
  }
  static constexpr op::filter_bank::size filters(const op::bands::size& s, idx frames) {
    return {frames, s.spectra.bins(), s.bands};
  }
  static constexpr idx work_of_spectra(const op::stft::size& s, int workers) {
    return auris::forward_workspace<op::stft, Backend, T>(s, workers);
  }
  static constexpr idx work_of_filters(const op::filter_bank::size& s, int workers) {
    return auris::forward_workspace<op::filter_bank, Backend, T>(s, workers);
  }
};

}  // namespace auris::detail
