#pragma once
#include <auris/op/transpose.hpp>

namespace auris {

template <class T>
struct kernel<op::transpose, reference, T> {
  static void forward(const resources<reference, T>&, const op::transpose::size& s, const T* x, T* y) noexcept {
    for (idx n = 0; n < s.items; ++n)
      for (idx r = 0; r < s.rows; ++r)
        for (idx c = 0; c < s.columns; ++c) y[(n * s.columns + c) * s.rows + r] = x[(n * s.rows + r) * s.columns + c];
  }
};

}  // namespace auris
