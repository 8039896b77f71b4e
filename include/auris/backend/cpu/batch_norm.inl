#include <auris/backend/cpu/batch_norm.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::scale_shift, cpu, float>::forward(const resources<cpu, float>& r,
                                                               const op::scale_shift::size& s, const float* x,
                                                               const float* scale, const float* shift,
                                                               float* y) noexcept {
  if (s.inner != 1) return kernel<op::scale_shift, reference, float>::forward(r, s, x, scale, shift, y);
  for_ranges(*r.queue, s.outer, detail::row_grain(s.channels), [&](idx begin, idx end, int) {
    for (idx k = begin; k < end; ++k)
      detail::apply(detail::loops::scale_shift, s.channels, x + k * s.channels, scale, shift, y + k * s.channels);
  });
}

AURIS_KERNEL void kernel<op::batch_norm, cpu, float>::train(const R& r, const op::batch_norm::size& s, const float* x,
                                                            const float* weight, const float* bias, float* running_mean,
                                                            float* running_variance, float* saved_mean,
                                                            float* saved_scale, float* y) noexcept {
  if (s.inner != 1)
    return plain_loops::train(r, s, x, weight, bias, running_mean, running_variance, saved_mean, saved_scale, y);
  const idx c = s.channels, n = s.outer;
  if (c == 0 || n == 0) return;
  const float share = 1 / static_cast<float>(n);
  float* const mean = r.workspace;
  float* const variance = mean + c;
  float* const partial = r.workspace + 3 * c;
  for (idx k = 0; k < 2 * c; ++k) mean[k] = 0;
  sum::run(*r.queue, n, c, x, c, mean, partial);
  for (idx k = 0; k < c; ++k) mean[k] *= share;
  sum::run(
      *r.queue, n, c, [&](idx k, float* to) { detail::apply(detail::loops::add_squares, c, x + k * c, mean, to); },
      variance, partial);
  for (idx k = 0; k < c; ++k) variance[k] *= share;
  normalise(r, s, x, weight, bias, mean, variance, saved_mean, saved_scale, y);
  const float momentum = static_cast<float>(s.momentum);
  const float unbiased = n > 1 ? static_cast<float>(n) / static_cast<float>(n - 1) : 1;
  for (idx k = 0; running_mean && k < c; ++k) running_mean[k] += momentum * (mean[k] - running_mean[k]);
  for (idx k = 0; running_variance && k < c; ++k)
    running_variance[k] += momentum * (variance[k] * unbiased - running_variance[k]);
}

AURIS_KERNEL void kernel<op::batch_norm, cpu, float>::forward(const R& r, const op::batch_norm::size& s, const float* x,
                                                              const float* weight, const float* bias,
                                                              const float* running_mean, const float* running_variance,
                                                              float* saved_mean, float* saved_scale,
                                                              float* y) noexcept {
  if (s.inner != 1)
    return plain_loops::forward(r, s, x, weight, bias, running_mean, running_variance, saved_mean, saved_scale, y);
  if (s.channels > 0) normalise(r, s, x, weight, bias, running_mean, running_variance, saved_mean, saved_scale, y);
}

AURIS_KERNEL void kernel<op::batch_norm, cpu, float>::again(const R& r, const op::batch_norm::size& s, const float* x,
                                                            const float* weight, const float* bias,
                                                            const float* saved_mean, const float* saved_scale,
                                                            float* y) noexcept {
  if (s.inner != 1) return plain_loops::again(r, s, x, weight, bias, saved_mean, saved_scale, y);
  float* const factor = r.workspace;
  for (idx k = 0; k < s.channels; ++k) factor[k] = saved_scale[k] * weight[k];
  if (s.channels > 0) standardise(r, s, x, saved_mean, factor, bias, y);
}

AURIS_KERNEL void kernel<op::batch_norm, cpu, float>::backward(const R& r, const op::batch_norm::size& s, bool constant,
                                                               const float* x, const float* weight,
                                                               const float* saved_mean, const float* saved_scale,
                                                               const float* dy, float* dx, float* dweight,
                                                               float* dbias) noexcept {
  if (s.inner != 1)
    return plain_loops::backward(r, s, constant, x, weight, saved_mean, saved_scale, dy, dx, dweight, dbias);
  const idx c = s.channels, n = s.outer;
  if (c == 0 || n == 0) return;
  float* const plain = r.workspace;
  float* const scaled = plain + c;
  float* const factor = scaled + c;
  for (idx k = 0; k < 2 * c; ++k) plain[k] = 0;
  if (dweight || dbias || (dx && !constant))
    sum::run(
        *r.queue, n, 2 * c,
        [&](idx k, float* to) {
          detail::apply(detail::loops::add_moments, c, dy + k * c, x + k * c, saved_mean, to, to + c);
        },
        plain, factor + c);
  for (idx k = 0; k < c; ++k) {
    scaled[k] *= saved_scale[k];
    if (dweight) dweight[k] += scaled[k];
    if (dbias) dbias[k] += plain[k];
  }
  if (!dx) return;
  for (idx k = 0; k < c; ++k) {
    factor[k] = weight[k] * saved_scale[k];
    plain[k] /= static_cast<float>(n);
    scaled[k] *= saved_scale[k] / static_cast<float>(n);
  }
  for_ranges(*r.queue, n, detail::row_grain(c), [&](idx begin, idx end, int) {
    for (idx k = begin; k < end; ++k)
      if (constant)
        detail::apply(detail::loops::multiply, c, dy + k * c, factor, dx + k * c);
      else
        detail::apply(detail::loops::standardise_backward, c, dy + k * c, x + k * c, saved_mean, plain, scaled, factor,
                      dx + k * c);
  });
}

AURIS_KERNEL void kernel<op::batch_norm, cpu, float>::normalise(const R& r, const op::batch_norm::size& s,
                                                                const float* x, const float* weight, const float* bias,
                                                                const float* mean, const float* variance,
                                                                float* saved_mean, float* saved_scale,
                                                                float* y) noexcept {
  const idx c = s.channels;
  float* const factor = r.workspace + 2 * c;
  for (idx k = 0; k < c; ++k) {
    const float scale = 1 / std::sqrt(variance[k] + static_cast<float>(s.epsilon));
    factor[k] = scale * weight[k];
    if (saved_mean) saved_mean[k] = mean[k];
    if (saved_scale) saved_scale[k] = scale;
  }
  standardise(r, s, x, mean, factor, bias, y);
}

AURIS_KERNEL void kernel<op::batch_norm, cpu, float>::standardise(const R& r, const op::batch_norm::size& s,
                                                                  const float* x, const float* mean,
                                                                  const float* factor, const float* bias,
                                                                  float* y) noexcept {
  const idx c = s.channels;
  for_ranges(*r.queue, s.outer, detail::row_grain(c), [&](idx begin, idx end, int) {
    for (idx k = begin; k < end; ++k)
      detail::apply(detail::loops::standardise, c, x + k * c, mean, factor, bias, y + k * c);
  });
}

}  // namespace auris
