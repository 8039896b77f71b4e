#include <auris/backend/cpu/constant_q.hpp>

namespace auris {

AURIS_KERNEL void kernel<op::constant_q, cpu, float>::forward(const resources<cpu, float>& r,
                                                              const op::constant_q::size& s, const float* x,
                                                              const idx* first, const idx* offset, const float* weight,
                                                              float* y) noexcept {
  constexpr idx together = 4;
  for_ranges(*r.queue, s.frames, 4 * together, [&](idx begin, idx end, int) {
    for (idx b = 0; b < s.bands; ++b) {
      const idx count = offset[b + 1] - offset[b];
      const float *re = weight + offset[b], *im = re + s.weights;
      for (idx t = begin; t < end; t += together) {
        const float* frame[together];  // behind the last one stands the first one again: what comes of it is not kept
        for (idx i = 0; i < together; ++i) frame[i] = x + (t + i < end ? t + i : t) * s.hop + first[b];
        float power[together];
        detail::loops::complex_powers(count, re, im, frame, power);
        for (idx i = 0; i < together && t + i < end; ++i)
          y[(t + i) * s.bands + b] = s.power ? power[i] : __builtin_sqrtf(power[i]);
      }
    }
  });
}

}  // namespace auris
