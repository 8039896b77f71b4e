#include <auris/backend/cpu/block_sum.hpp>
#include <auris/backend/cpu/loops.hpp>
#include <auris/backend/cpu/optimiser.hpp>
#include <cmath>

namespace auris {

AURIS_KERNEL void kernel<op::adam, cpu, float>::step(const resources<cpu, float>& r, const op::adam::size& s,
                                                     const float* g, float* m, float* v, float* w) noexcept {
  const double steps = static_cast<double>(s.step);
  const auto rounded = [](double x) { return static_cast<float>(x); };
  const detail::adam_numbers n{.beta1 = rounded(s.beta1),
                               .rest1 = rounded(1 - s.beta1),
                               .beta2 = rounded(s.beta2),
                               .rest2 = rounded(1 - s.beta2),
                               .correction1 = rounded(1 - std::pow(s.beta1, steps)),
                               .correction2 = rounded(1 - std::pow(s.beta2, steps)),
                               .kept = s.decoupled ? rounded(1 - s.rate * s.weight_decay) : 1,
                               .decay = s.decoupled ? 0 : rounded(s.weight_decay),
                               .rate = rounded(s.rate),
                               .epsilon = rounded(s.epsilon)};
  detail::for_elements(*r.queue, s.count, detail::loops::adam_step, g, m, v, w, &n);
}

AURIS_KERNEL void kernel<op::sgd, cpu, float>::step(const resources<cpu, float>& r, const op::sgd::size& s,
                                                    const float* g, float* m, float* w) noexcept {
  const detail::sgd_numbers n{static_cast<float>(s.momentum), static_cast<float>(s.rate),
                              static_cast<float>(s.weight_decay), s.step == 1, s.nesterov};
  detail::for_elements(*r.queue, s.count, detail::loops::sgd_step, g, s.momentum == 0 ? nullptr : m, w, &n);
}

AURIS_KERNEL void kernel<op::squared_norm, cpu, float>::forward(const resources<cpu, float>& r,
                                                                const op::squared_norm::size& s, const float* x,
                                                                float* value) noexcept {
  value[0] += static_cast<float>(detail::block_sum(*r.queue, s.count, detail::element_grain, [&](idx begin, idx end) {
    double sum[8] = {};
    idx i = begin;
    for (; i + 8 <= end; i += 8)
      for (idx q = 0; q < 8; ++q) sum[q] += static_cast<double>(x[i + q]) * static_cast<double>(x[i + q]);
    for (; i < end; ++i) sum[i % 8] += static_cast<double>(x[i]) * static_cast<double>(x[i]);
    return ((sum[0] + sum[4]) + (sum[1] + sum[5])) + ((sum[2] + sum[6]) + (sum[3] + sum[7]));
  }));
}

AURIS_KERNEL void kernel<op::clip, cpu, float>::forward(const resources<cpu, float>& r, const op::clip::size& s,
                                                        const float* squares, float* x) noexcept {
  const double factor = s.largest / (std::sqrt(static_cast<double>(squares[0])) + 1e-6);
  if (factor < 1) detail::for_elements(*r.queue, s.count, detail::loops::scale_by, static_cast<float>(factor), x);
}

}  // namespace auris
