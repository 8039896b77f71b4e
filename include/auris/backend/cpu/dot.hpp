#pragma once
#include <auris/backend/cpu/vector.hpp>

namespace auris::detail {

/// sum_i a[i] b[i], in an order that depends on `count` only.
template <class T>
[[gnu::always_inline]] inline T dot(idx count, const T* a, const T* b) {
  constexpr idx n = lanes<T>;
  vec<T> even{}, odd{};
  idx i = 0;
  for (; i + 2 * n <= count; i += 2 * n) {
    even += load(a + i) * load(b + i);
    odd += load(a + i + n) * load(b + i + n);
  }
  for (; i + n <= count; i += n) even += load(a + i) * load(b + i);
  if (i < count) odd += load(a + i, count - i) * load(b + i, count - i);
  return sum_of<T>(even + odd);
}

}  // namespace auris::detail
