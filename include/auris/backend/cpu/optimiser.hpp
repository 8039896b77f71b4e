#pragma once
#include <auris/backend/cpu/block_sum.hpp>
#include <auris/backend/cpu/vector_math.hpp>
#include <auris/op/optimiser.hpp>
#include <cmath>

namespace auris {

template <class T>
struct kernel<op::adam, cpu, T> {
  static void step(const resources<cpu, T>& r, const op::adam::size& s, const T* g, T* m, T* v, T* w) noexcept {
    using vec = detail::vec<T>;
    const double steps = static_cast<double>(s.step);
    const T beta1 = static_cast<T>(s.beta1), beta2 = static_cast<T>(s.beta2);
    const T rest1 = static_cast<T>(1 - s.beta1), rest2 = static_cast<T>(1 - s.beta2);
    const T correction1 = static_cast<T>(1 - std::pow(s.beta1, steps));
    const T correction2 = static_cast<T>(1 - std::pow(s.beta2, steps));
    const T kept = s.decoupled ? static_cast<T>(1 - s.rate * s.weight_decay) : T(1);
    const T decay = s.decoupled ? T(0) : static_cast<T>(s.weight_decay);
    const T rate = static_cast<T>(s.rate), epsilon = static_cast<T>(s.epsilon);
    const auto stretch = [&](idx i, const auto& load, const auto& store) {
      const vec weight = load(w + i) * kept, gradient = load(g + i) + decay * weight;
      const vec mean = beta1 * load(m + i) + rest1 * gradient;
      const vec square = beta2 * load(v + i) + rest2 * gradient * gradient;
      store(m + i, mean);
      store(v + i, square);
      store(w + i, weight - rate * (mean / correction1) / (detail::sqrt(square / correction2) + epsilon));
    };
    detail::for_elements(*r.queue, s.count, [&](idx begin, idx end) { detail::for_vectors<T>(begin, end, stretch); });
  }
};

template <class T>
struct kernel<op::sgd, cpu, T> {
  static void step(const resources<cpu, T>& r, const op::sgd::size& s, const T* g, T* m, T* w) noexcept {
    const T momentum = static_cast<T>(s.momentum), rate = static_cast<T>(s.rate),
            decay = static_cast<T>(s.weight_decay);
    detail::for_elements(*r.queue, s.count, [&](idx i, idx end) {
      const idx n = end - i;
      const detail::const_array<T> gradient(g + i, n);
      detail::array<T> weight(w + i, n);
      if (s.momentum == 0) {
        weight -= rate * (gradient + decay * weight);
        return;
      }
      detail::array<T> mean(m + i, n);
      if (s.step == 1)
        mean = gradient + decay * weight;
      else
        mean = momentum * mean + (gradient + decay * weight);
      if (s.nesterov)
        weight -= rate * (gradient + decay * weight + momentum * mean);
      else
        weight -= rate * mean;
    });
  }
};

template <class T>
struct kernel<op::squared_norm, cpu, T> {
  static void forward(const resources<cpu, T>& r, const op::squared_norm::size& s, const T* x, T* value) noexcept {
    value[0] += static_cast<T>(detail::block_sum(*r.queue, s.count, detail::element_grain, [&](idx begin, idx end) {
      double sum[8] = {};
      idx i = begin;
      for (; i + 8 <= end; i += 8)
        for (idx q = 0; q < 8; ++q) sum[q] += static_cast<double>(x[i + q]) * static_cast<double>(x[i + q]);
      for (; i < end; ++i) sum[i % 8] += static_cast<double>(x[i]) * static_cast<double>(x[i]);
      return ((sum[0] + sum[4]) + (sum[1] + sum[5])) + ((sum[2] + sum[6]) + (sum[3] + sum[7]));
    }));
  }
};

template <class T>
struct kernel<op::clip, cpu, T> {
  static void forward(const resources<cpu, T>& r, const op::clip::size& s, const T* squares, T* x) noexcept {
    const double factor = s.largest / (std::sqrt(static_cast<double>(squares[0])) + 1e-6);
    const auto value = [by = static_cast<T>(factor)](const detail::vec<T>& v) { return v * by; };
    if (factor < 1)
      detail::for_elements(*r.queue, s.count, [&](idx i, idx end) { detail::transform(end - i, x + i, value, x + i); });
  }
};

}  // namespace auris
