#pragma once
#include <auris/op/pad.hpp>

namespace auris {

template <class T>
struct kernel<op::pad, reference, T> {
  static void forward(const resources<reference, T>&, const op::pad::size& s, const T* x, T* y) noexcept {
    const T factor = static_cast<T>(s.pre_emphasis);
    const idx length = s.length();
    for (idx i = 0; i < s.items; ++i, x += s.count, y += s.padded()) {
      T* e = y + s.before;
      if (s.pre_emphasis != 0)
        for (idx n = 0; n < length; ++n) e[n] = x[n + 1] - factor * x[n];
      else
        for (idx n = 0; n < length; ++n) e[n] = x[n];
      for (idx k = 1; k <= s.before; ++k) e[-k] = s.reflect ? e[k] : T(0);
      for (idx k = 1; k <= s.after; ++k) e[length - 1 + k] = s.reflect ? e[length - 1 - k] : T(0);
    }
  }
};

}  // namespace auris
