#include "bar_chart.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "escape.hpp"

namespace page {

std::string to_html(const bar_chart& chart) {
  double most = 0;
  for (const auto& b : chart.bars)
    for (const double v : {b.value, b.reference.value_or(0)})
      if (std::isfinite(v)) most = std::max(most, v);
  const auto percent = [&](double v) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f%%", most > 0 ? 100 * std::clamp(v / most, 0.0, 1.0) : 0.0);
    return std::string(text);
  };
  std::string s = "<figure><figcaption>" + escape(chart.title) + "</figcaption>";
  if (!chart.reference_name.empty())
    s += "<ul class=\"legend\"><li><b class=\"mark\"></b>" + escape(chart.reference_name) + "</li></ul>";
  s += "<div class=\"bars\">";
  for (const auto& b : chart.bars) {
    s += "<span>" + escape(b.name) + "</span><div class=\"bar\">";
    if (std::isfinite(b.value)) s += "<i style=\"width:" + percent(b.value) + "\"></i>";
    if (b.reference && std::isfinite(*b.reference)) s += "<b style=\"left:" + percent(*b.reference) + "\"></b>";
    s += "</div><span class=\"number\">" + escape(b.text) + "</span>\n";
  }
  return s + "</div></figure>\n";
}

}  // namespace page
