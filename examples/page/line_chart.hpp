// Curves of a page.
#pragma once
#include <string>
#include <vector>

namespace page {

struct line {
  std::string name;
  std::vector<double> x, y;  ///< of one length; a point that is not finite is a gap
  bool dashed = false;
  int colour = -1;  ///< of the page's colours, counted from 0; -1: the next one
};

struct line_chart {
  std::string title, x_name, y_name;
  std::vector<line> lines;
  bool logarithmic = false;  ///< the axis upwards; points that are not above 0 are gaps
};

/// An SVG that fits any width, with its legend.
std::string to_html(const line_chart&);

/// Colours of lines and bars, repeated where there are more of them.
const char* line_colour(int);

}  // namespace page
