#include "axis.hpp"

#include <algorithm>
#include <cmath>

namespace page {

double axis::place(double v) const {
  if (logarithmic) return (std::log(v) - std::log(low)) / (std::log(high) - std::log(low));
  return (v - low) / (high - low);
}

std::vector<double> round_numbers(double low, double high, int count) {
  std::vector<double> numbers;
  const double rough = (high - low) / std::max(count, 1);
  if (!(rough > 0) || !std::isfinite(rough)) return numbers;
  const double unit = std::pow(10.0, std::floor(std::log10(rough)));
  double step = 10 * unit;
  for (const double s : {1.0, 2.0, 5.0})
    if (s * unit >= rough * 0.999) {
      step = s * unit;
      break;
    }
  // By whole multiples: sums of steps drift, and never pass a step that is below the numbers' precision.
  const double first = std::ceil(low / step - 1e-9);
  for (int i = 0; i <= 4 * count + 4; ++i) {
    const double v = (first + i) * step;
    if (v > high + 1e-9 * step) break;
    numbers.push_back(v == 0 ? 0 : v);
  }
  return numbers;
}

axis axis_of(const std::vector<double>& values, int count, bool logarithmic) {
  axis a;
  a.logarithmic = logarithmic;
  std::vector<double> good;
  for (const double v : values)
    if (std::isfinite(v) && (!logarithmic || v > 0)) good.push_back(v);
  if (good.empty()) {
    a.logarithmic = false;
    a.ticks = round_numbers(a.low, a.high, count);
    return a;
  }
  const auto [least, most] = std::minmax_element(good.begin(), good.end());
  a.low = *least, a.high = *most;
  if (logarithmic) {
    a.low /= 1.1, a.high *= 1.1;
    for (double power = std::pow(10.0, std::floor(std::log10(a.low))); power <= a.high; power *= 10)
      for (const double s : {1.0, 2.0, 5.0})
        if (s * power >= a.low && s * power <= a.high) a.ticks.push_back(s * power);
    if (a.ticks.size() > 9)
      std::erase_if(a.ticks, [](double v) {
        const double exponent = std::log10(v);
        return std::abs(exponent - std::round(exponent)) > 1e-9;
      });
    if (a.ticks.size() < 2) a.ticks = round_numbers(a.low, a.high, count);
    return a;
  }
  if (a.high - a.low <= 1e-12 * std::max(std::abs(a.low), std::abs(a.high))) {  // one number alone
    const double half = a.low == 0 ? 0.5 : 0.1 * std::abs(a.low);
    a.low -= half, a.high += half;
  } else if (a.low > 0 && a.low < 0.4 * a.high)
    a.low = 0;
  a.ticks = round_numbers(a.low, a.high, count);
  return a;
}

}  // namespace page
