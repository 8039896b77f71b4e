#pragma once
#include <auris/op/attention.hpp>
#include <cmath>
#include <limits>

namespace auris {

template <class T>
struct kernel<op::attention, reference, T> {
  static void forward(const resources<reference, T>&, const op::attention::size& s, const T* x, const T* mask,
                      T* y) noexcept {
    for (idx n = 0; n < s.items; ++n)
      for (idx i = 0; i < s.tokens; ++i)
        for (idx h = 0; h < s.heads; ++h) {
          const idx token = 3 * s.features(), first = n * s.tokens * token + h * s.width;
          attend(s, x + first + i * token, x + first + s.features(), x + first + 2 * s.features(),
                 mask ? mask + n * s.tokens : nullptr, y + ((n * s.tokens + i) * s.heads + h) * s.width);
        }
  }

 private:
  /// One token and head; k and v from the first token on.
  static void attend(const op::attention::size& s, const T* q, const T* k, const T* v, const T* mask, T* y) noexcept {
    const idx token = 3 * s.features();
    const auto score = [&](idx j) {
      T sum = 0;
      for (idx c = 0; c < s.width; ++c) sum += q[c] * k[j * token + c];
      return static_cast<T>(s.scale_of_scores()) * sum;
    };
    T most = std::numeric_limits<T>::lowest(), sum = 0;
    for (idx j = 0; j < s.tokens; ++j)
      if (attended(mask, j)) most = std::fmax(most, score(j));
    for (idx c = 0; c < s.width; ++c) y[c] = 0;
    for (idx j = 0; j < s.tokens; ++j) {
      if (!attended(mask, j)) continue;
      const T weight = std::exp(score(j) - most);
      sum += weight;
      for (idx c = 0; c < s.width; ++c) y[c] += weight * v[j * token + c];
    }
    for (idx c = 0; c < s.width; ++c) y[c] = sum == 0 ? 0 : y[c] / sum;
  }
  static bool attended(const T* mask, idx j) noexcept { return !mask || mask[j] != 0; }
};

}  // namespace auris
