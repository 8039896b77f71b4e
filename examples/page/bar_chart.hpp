// Figures of several systems beside those that they are compared with.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace page {

struct bar_chart {
  struct bar {
    std::string name;
    double value = 0;                      ///< not finite: no bar
    std::string text;                      ///< at the right of the bar
    std::optional<double> reference = {};  ///< a mark on the bar
  };
  std::string title;
  std::vector<bar> bars;
  std::string reference_name = {};  ///< what the marks are; empty: there are none
};

/// Bars from 0 to the largest figure.
std::string to_html(const bar_chart&);

}  // namespace page
