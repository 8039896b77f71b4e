#pragma once
#include <auris/core/config.hpp>
#include <auris/core/executor.hpp>
// after config.hpp, which prepares Eigen for nvcc
#include <Eigen/Core>

namespace auris::detail {

// Views of kernels' arrays for Eigen: written as the formula, run as vector code.
template <class T>
using array = Eigen::Map<Eigen::Array<T, Eigen::Dynamic, 1>>;
template <class T>
using const_array = Eigen::Map<const Eigen::Array<T, Eigen::Dynamic, 1>>;

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
/// Sum of the values of an expression of arrays, in the same order.
template <class Expression>
auto sum(const Expression& x) {
  return ordered_sum<typename Expression::Scalar>(x.size(), [&](idx i) { return x.coeff(i); });
}

/// Values of an element-wise operation that one block works on.
inline constexpr idx element_grain = 16384;

/// Runs work(begin, end) over blocks of [0, count).
template <class Work>
void for_elements(executor& e, idx count, const Work& work) noexcept {
  for_ranges(e, count, element_grain, [&](idx begin, idx end, int) { work(begin, end); });
}

/// Rows of `length` values that one block works on.
constexpr idx row_grain(idx length) {
  const idx rows = element_grain / (length > 0 ? length : 1);
  return rows > 0 ? rows : 1;
}

}  // namespace auris::detail
