#pragma once
#include <auris/op/nt_xent.hpp>
#include <cmath>

namespace auris {

template <class T>
struct kernel<op::nt_xent, reference, T> {
  using R = resources<reference, T>;

  /// The scores; logarithms of the sums of exponentials of rows and of columns.
  static constexpr idx forward_workspace(const op::nt_xent::size& s, int) { return s.items * (s.items + 2); }

  static void evaluate(const R& r, const op::nt_xent::size& s, const T* audio, const T* text, T tau, const int* group,
                       T* value, T* daudio, T* dtext, T* dtau) noexcept {
    const idx n = s.items, length = s.length;
    T *score = r.workspace, *row = score + n * n, *column = row + n;
    for (idx i = 0; i < n; ++i)
      for (idx j = 0; j < n; ++j) {
        T dot = 0;
        for (idx k = 0; k < length; ++k) dot += audio[i * length + k] * text[j * length + k];
        score[i * n + j] = dot / std::abs(tau);
      }
    for (idx i = 0; i < n; ++i) row[i] = log_sum_exp(score + i * n, n, 1);
    for (idx j = 0; j < n; ++j) column[j] = log_sum_exp(score + j, n, n);

    T positives = 0, sum = 0;
    for (idx i = 0; i < n; ++i)
      for (idx j = 0; j < n; ++j)
        if (group[i] == group[j]) {
          positives += 1;
          sum += 2 * score[i * n + j] - row[i] - column[j];
        }
    if (value) value[0] = n > 0 ? -sum / (2 * positives) : T(0);

    if (daudio)
      for (idx k = 0; k < n * length; ++k) daudio[k] = T(0);
    if (dtext)
      for (idx k = 0; k < n * length; ++k) dtext[k] = T(0);
    if (dtau) dtau[0] = T(0);
    for (idx i = 0; i < n; ++i)
      for (idx j = 0; j < n; ++j) {
        const T c = score[i * n + j], in_row = count_of(group, n, group[i]), in_column = count_of(group, n, group[j]);
        const T both = in_row * std::exp(c - row[i]) + in_column * std::exp(c - column[j]);
        const T slope = (both - (group[i] == group[j] ? T(2) : T(0))) / (2 * positives);  // d loss / d score
        for (idx k = 0; k < length; ++k) {
          if (daudio) daudio[i * length + k] += slope * text[j * length + k] / std::abs(tau);
          if (dtext) dtext[j * length + k] += slope * audio[i * length + k] / std::abs(tau);
        }
        if (dtau) dtau[0] -= slope * c / tau;
      }
  }

 private:
  static T log_sum_exp(const T* x, idx count, idx stride) noexcept {
    T largest = x[0], sum = 0;
    for (idx k = 1; k < count; ++k)
      if (x[k * stride] > largest) largest = x[k * stride];
    for (idx k = 0; k < count; ++k) sum += std::exp(x[k * stride] - largest);
    return largest + std::log(sum);
  }
  static T count_of(const int* group, idx n, int wanted) noexcept {
    T count = 0;
    for (idx k = 0; k < n; ++k) count += group[k] == wanted ? T(1) : T(0);
    return count;
  }
};

}  // namespace auris
