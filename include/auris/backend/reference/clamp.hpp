#pragma once
#include <auris/op/clamp.hpp>

namespace auris {

template <class T>
struct kernel<op::clamp, reference, T> {
  using R = resources<reference, T>;
  static void forward(const R&, const op::clamp::size& s, const T* x, T* y) noexcept {
    const T least = static_cast<T>(s.least), most = static_cast<T>(s.most);
    for (idx i = 0; i < s.count; ++i) y[i] = x[i] < least ? least : x[i] > most ? most : x[i];
  }
  static void backward(const R&, const op::clamp::size& s, const T* x, const T* dy, T* dx) noexcept {
    const T least = static_cast<T>(s.least), most = static_cast<T>(s.most);
    for (idx i = 0; i < s.count; ++i) dx[i] = x[i] >= least && x[i] <= most ? dy[i] : T(0);
  }
};

}  // namespace auris
