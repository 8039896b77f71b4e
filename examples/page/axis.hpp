// Where the numbers of an axis stand.
#pragma once
#include <vector>

namespace page {

/// An axis from `low` to `high`, from 0 to 1 on the page.
struct axis {
  double low = 0, high = 1;
  bool logarithmic = false;
  std::vector<double> ticks;  ///< round numbers within

  double place(double value) const;
};

/// The axis that shows some numbers, with about `count` ticks. Those that are not finite are left out, and on a
/// logarithmic axis those that are not above 0; without any the axis goes from 0 to 1.
/// Positive numbers of which the lowest is much below the highest are shown from 0 on.
axis axis_of(const std::vector<double>& values, int count, bool logarithmic = false);

/// Round numbers from `low` to `high`, about `count` of them.
std::vector<double> round_numbers(double low, double high, int count);

}  // namespace page
