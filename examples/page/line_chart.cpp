#include "line_chart.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "axis.hpp"
#include "escape.hpp"
#include "number.hpp"

namespace page {

namespace {

std::string percent(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f%%", 100 * share);
  return text;
}

bool visible(const axis& y, double v) { return std::isfinite(v) && (!y.logarithmic || v > 0); }

// A line in units of a thousandth of the picture's width and height, with a dot for a point that has no neighbour.
std::string path_of(const line& l, const axis& x, const axis& y) {
  std::string s;
  bool pen = false;
  const std::size_t count = std::min(l.x.size(), l.y.size());
  for (std::size_t i = 0; i < count; ++i) {
    if (!std::isfinite(l.x[i]) || !visible(y, l.y[i])) {
      pen = false;
      continue;
    }
    char point[64];
    std::snprintf(point, sizeof point, "%c%.1f %.1f", pen ? 'L' : 'M', 1000 * x.place(l.x[i]),
                  1000 * (1 - y.place(l.y[i])));
    s += point;
    if (!pen) s += "h0";
    pen = true;
  }
  return s;
}

std::string stroke(const line& l, const char* colour, const std::string& path) {
  return std::string(l.dashed ? "<path class=\"dashed\"" : "<path") + " stroke=\"" + colour + "\" d=\"" + path + "\"/>";
}

}  // namespace

const char* line_colour(int i) {
  constexpr const char* colours[] = {"#0b5cad", "#c8500a", "#1a7f5a", "#8e3b9e",
                                     "#b08400", "#5f6b76", "#c2305a", "#2793b8"};
  constexpr int count = sizeof colours / sizeof *colours;
  return colours[(i % count + count) % count];
}

std::string to_html(const line_chart& chart) {
  std::vector<double> xs, ys;
  for (const line& l : chart.lines) {
    xs.insert(xs.end(), l.x.begin(), l.x.end());
    ys.insert(ys.end(), l.y.begin(), l.y.end());
  }
  const axis x = axis_of(xs, 6);
  axis y = axis_of(ys, 5, chart.logarithmic);
  if (!y.logarithmic) y.high += 0.04 * (y.high - y.low);  // the highest point stays below the legend
  std::string legend, grid, paths, labels;
  for (const double t : y.ticks) {
    const std::string top = percent(1 - y.place(t));
    grid += "<line x1=\"0\" x2=\"1000\" y1=\"" + number(1000 * (1 - y.place(t))) + "\" y2=\"" +
            number(1000 * (1 - y.place(t))) + "\"/>";
    labels += "<span class=\"y\" style=\"top:" + top + "\">" + number(t) + "</span>";
  }
  for (const double t : x.ticks)
    labels += "<span class=\"x\" style=\"left:" + percent(x.place(t)) + "\">" + number(t) + "</span>";
  int next = 0;
  for (const line& l : chart.lines) {
    const char* colour = line_colour(l.colour < 0 ? next++ : l.colour);
    paths += stroke(l, colour, path_of(l, x, y));
    legend += "<li><svg viewBox=\"0 0 26 8\">";
    legend += stroke(l, colour, "M0 4H26") + "</svg>" + escape(l.name) + "</li>";
  }
  return "<figure class=\"chart\"><figcaption>" + escape(chart.title) + "</figcaption><ul class=\"legend\">" + legend +
         "</ul><div class=\"plot\"><svg viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\" role=\"img\" "
         "aria-label=\"" +
         escape(chart.title) + "\"><g class=\"grid\">" + grid + "</g>" + paths + "</svg>" + labels +
         "</div><p class=\"axes\"><span>" + escape(chart.y_name) + "</span><span>" + escape(chart.x_name) +
         "</span></p></figure>\n";
}

}  // namespace page
