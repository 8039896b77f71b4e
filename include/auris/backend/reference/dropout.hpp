#pragma once
#include <auris/op/dropout.hpp>

namespace auris {

template <class T>
struct kernel<op::dropout, reference, T> {
  static void forward(const resources<reference, T>&, const op::dropout::size& s, const random_key& key, const T* x,
                      T* y) noexcept {
    const T scale = static_cast<T>(1 / (1 - s.probability));
    for (idx k = 0; k < s.items * s.count; ++k) {
      const bool dropped = key.uniform(static_cast<std::uint64_t>(key.first_item * s.count + k)) < s.probability;
      y[k] = dropped ? T(0) : x[k] * scale;
    }
  }
};

}  // namespace auris
