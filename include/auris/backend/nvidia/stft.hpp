#pragma once
#include <auris/backend/composed_bands.hpp>
#include <auris/backend/cuda/choice.hpp>
#include <auris/backend/cuda/stft.hpp>
#include <auris/backend/cuda/stft_steps.hpp>
#include <auris/backend/nvidia/arrays.hpp>
#include <auris/backend/nvidia/cufft_plan.hpp>

namespace auris {

namespace detail {
template <>
struct kernels_of<fourier_transform::cufft> {};
}  // namespace detail

/// op::stft by cuFFT: batches of frames are cut and weighed into the workspace, transformed there, and their values taken.
/// A batch is always of the same size, the last one with zeros behind its frames. Lengths that cuFFT does not take are
/// left to our own kernel.
template <convolution Convolution, matrix_product Product, recurrence Recurrence, precision Precision, storage Storage>
struct kernel<op::stft, cuda_with<Convolution, Product, Recurrence, fourier_transform::cufft, Precision, Storage>,
              float> {
  using own = kernel<op::stft, cuda, float>;
  using R = resources<cuda_with<Convolution, Product, Recurrence, fourier_transform::cufft, Precision, Storage>, float>;

  static constexpr idx forward_workspace(const op::stft::size& s, int workers) {
    const idx of_own = own::forward_workspace(s, workers), of_batch = detail::nvidia::slack + batch{s.fft}.size();
    return of_own > of_batch ? of_own : of_batch;
  }
  static void forward(const R& r, const op::stft::size& s, const float* x, const float* window, const float* table,
                      float* y) noexcept {
    using steps = detail::gpu::stft_steps<float>;
    const char* const name = "stft";
    if (s.frames <= 0) return;
    const batch b{s.fft};
    const auto* const plan = detail::cufft::plan_on(name, r.queue, b);
    if (!plan) return;
    if (!plan->found()) return own::forward(r, s, x, window, table, y);
    float* const frames = detail::nvidia::first_aligned(r.workspace);
    for (idx t = 0; t < s.frames; t += b.frames()) {
      op::stft::size part = s;
      part.frames = s.frames - t < b.frames() ? s.frames - t : b.frames();
      steps::cut(r.queue, part, x + t * s.hop, window, frames);
      cuda_memory::clear(r.queue, (b.frames() - part.frames) * b.row(), frames + part.frames * b.row());
      if (detail::cufft::failed(name, plan->run(frames))) return;
      steps::take_values(r.queue, part, frames, y + t * s.bins());
    }
  }

 private:
  using batch = detail::cufft::frame_batch;
};

/// Front-ends take this transform, too.
template <convolution Convolution, matrix_product Product, recurrence Recurrence, precision Precision, storage Storage>
struct kernel<op::bands, cuda_with<Convolution, Product, Recurrence, fourier_transform::cufft, Precision, Storage>,
              float>
    : detail::composed_bands<cuda_with<Convolution, Product, Recurrence, fourier_transform::cufft, Precision, Storage>,
                             float> {};

}  // namespace auris
