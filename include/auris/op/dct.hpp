#pragma once
#include <auris/core/kernel.hpp>
#include <cmath>
#include <numbers>

namespace auris::op {

/// Orthonormal discrete cosine transform of type 2 of each row, the first `count` coefficients:
///
///     y[r, k] = s_k sum_n x[r, n] cos(pi k (n + 1/2) / length),      s_0 = sqrt(1/length), s_k = sqrt(2/length)
///
/// x (rows, length), table (count, length) as `make_table` writes it, y (rows, count); count <= length.
///
///     template <class T> struct kernel<op::dct, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::dct::size&, const T* x, const T* table, T* y) noexcept;
///     };
struct dct {
  struct size {
    idx rows, length, count;
  };

  /// table[k, n] = s_k cos(pi k (n + 1/2) / length)
  template <class T>
  static void make_table(idx length, idx count, T* table) {
    const double l = static_cast<double>(length);
    for (idx k = 0; k < count; ++k)
      for (idx n = 0; n < length; ++n)
        table[k * length + n] =
            static_cast<T>(std::sqrt((k == 0 ? 1 : 2) / l) *
                           std::cos(std::numbers::pi * static_cast<double>(k) * (static_cast<double>(n) + 0.5) / l));
  }
};

}  // namespace auris::op
