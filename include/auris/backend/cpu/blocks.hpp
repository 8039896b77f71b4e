#pragma once
#include <auris/backend/cpu/line.hpp>
#include <auris/core/executor.hpp>

namespace auris::detail {

/// Sum of value(i) for i in [0, count), in a fixed order.
template <class T, class Value>
T ordered_sum(idx count, const Value& value) {
  T lane[8] = {};
  idx i = 0;
  for (; i + 8 <= count; i += 8)
    for (idx q = 0; q < 8; ++q) lane[q] += value(i + q);
  for (; i < count; ++i) lane[i % 8] += value(i);
  return ((lane[0] + lane[4]) + (lane[1] + lane[5])) + ((lane[2] + lane[6]) + (lane[3] + lane[7]));
}

/// Values of an element-wise operation that one block works on.
inline constexpr idx element_grain = 16384;

/// Runs work(begin, end) over blocks of [0, count).
template <class Work>
void for_elements(executor& e, idx count, const Work& work) noexcept {
  for_ranges(e, count, element_grain, [&](idx begin, idx end, int) { work(begin, end); });
}

template <class P>
P moved(P constant, idx) noexcept {
  return constant;
}
inline float* moved(float* p, idx by) noexcept { return p ? p + by : p; }
inline const float* moved(const float* p, idx by) noexcept { return p ? p + by : p; }
/// f over blocks of arrays of `count` values; constants are the same for all.
template <class... P>
void for_elements(executor& e, idx count, const loop<idx, P...>& f, std::type_identity_t<P>... p) noexcept {
  for_elements(e, count, [&](idx begin, idx end) { apply(f, end - begin, moved(p, begin)...); });
}

/// Rows of `length` values that one block works on.
constexpr idx row_grain(idx length) {
  const idx rows = element_grain / (length > 0 ? length : 1);
  return rows > 0 ? rows : 1;
}

}  // namespace auris::detail
