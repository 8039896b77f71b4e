#include "timeline.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "axis.hpp"
#include "data_uri.hpp"
#include "escape.hpp"
#include "number.hpp"
#include "wav.hpp"

using auris::frame_matrix, auris::idx;

namespace page {

namespace {

// Between the given colours, which stand at equal distances.
template <std::size_t N>
palette blend(const std::array<colour, N>& stops) {
  palette p{};
  for (std::size_t i = 0; i < p.size(); ++i) {
    const double at = static_cast<double>(i) / 255 * (N - 1);
    const std::size_t k = std::min(static_cast<std::size_t>(at), N - 2);
    const double share = at - static_cast<double>(k);
    const auto mix = [&](std::uint8_t a, std::uint8_t b) {
      return static_cast<std::uint8_t>(std::lround(a + share * (b - a)));
    };
    p[i] = {mix(stops[k].red, stops[k + 1].red), mix(stops[k].green, stops[k + 1].green),
            mix(stops[k].blue, stops[k + 1].blue)};
  }
  return p;
}
const palette& spectrum() {  // dark to light, equally spaced to the eye
  static const palette p = blend(std::array<colour, 7>{
      {{12, 8, 38}, {59, 15, 112}, {114, 31, 129}, {182, 54, 121}, {241, 96, 93}, {254, 175, 119}, {252, 253, 191}}});
  return p;
}
const palette& shares() {
  static const palette p =
      blend(std::array<colour, 5>{{{246, 248, 250}, {190, 216, 240}, {106, 167, 219}, {28, 100, 178}, {9, 38, 84}}});
  return p;
}

// Means over neighbouring frames, so that at most so many are left.
frame_matrix narrower(const frame_matrix& m, idx most) {
  const idx group = (m.frames + most - 1) / most;
  if (group <= 1) return m;
  frame_matrix out((m.frames + group - 1) / group, m.width);
  for (idx t = 0; t < out.frames; ++t) {
    const idx end = std::min(m.frames, (t + 1) * group);
    for (idx u = t * group; u < end; ++u)
      for (std::size_t c = 0; c < out.row(t).size(); ++c)
        out.row(t)[c] += m.row(u)[c] / static_cast<float>(end - t * group);
  }
  return out;
}

std::string of_width(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f%%", 100 * std::clamp(share, 0.0, 1.0));
  return text;
}

std::string names_of(const std::vector<std::string>& names) {
  std::string s = "<div class=\"names\">";
  for (const std::string& name : names) s += "<span title=\"" + escape(name) + "\">" + escape(name) + "</span>";
  return s + "</div>";
}
std::string panel_of(const std::string& title, const std::vector<std::string>& names, const std::string& view) {
  return "<div class=\"panel\"><h4>" + escape(title) + "</h4>" + names_of(names) + "<div class=\"view" +
         (names.empty() ? " spectrum" : "") + "\" style=\"--rows:" + std::to_string(names.size()) + "\">" + view +
         "</div></div>\n";
}

std::string to_html(const image_panel& p, double seconds) {
  const frame_matrix values = narrower(p.values, 2400);
  std::pair<double, double> range =
      p.range.value_or(std::pair{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()});
  if (!p.range)
    for (const float v : values.values)
      if (std::isfinite(v)) {
        range.first = std::min(range.first, static_cast<double>(v));
        range.second = std::max(range.second, static_cast<double>(v));
      }
  const bool named = !p.names.empty();
  const std::string png =
      encode_png(shades_of(values, range.first, range.second, named), named ? shares() : spectrum());
  const double share = seconds > 0 ? static_cast<double>(p.values.frames) * p.hop / seconds : 1;
  return panel_of(p.title, p.names,
                  png.empty() ? std::string("<p>no frames</p>")
                              : "<img alt=\"" + escape(p.title) + "\" style=\"width:" + of_width(share) + "\" src=\"" +
                                    data_uri("image/png", png) + "\">");
}

std::string to_html(const event_panel& p, double seconds) {
  std::string bars;
  for (const auris::event& e : p.events) {
    const auto at = std::find(p.names.begin(), p.names.end(), e.label);
    if (at == p.names.end() || !(seconds > 0)) continue;
    bars += "<i style=\"left:" + of_width(e.onset / seconds) + ";width:" + of_width((e.offset - e.onset) / seconds) +
            ";--row:" + std::to_string(at - p.names.begin()) + "\" title=\"" + escape(e.label) + ", " +
            number(e.onset) + " s to " + number(e.offset) + " s\"></i>";
  }
  return panel_of(p.title, p.names, bars);
}

}  // namespace

indexed_image shades_of(const frame_matrix& m, double low, double high, bool first_row_at_the_top) {
  indexed_image image{static_cast<std::size_t>(m.frames), static_cast<std::size_t>(m.width), {}};
  image.pixels.reserve(image.width * image.height);
  const double scale = high > low ? 255 / (high - low) : 0;
  for (std::size_t y = 0; y < image.height; ++y)
    for (idx t = 0; t < m.frames; ++t) {
      const double v = static_cast<double>(m.row(t)[first_row_at_the_top ? y : image.height - 1 - y]);
      const double shade = std::isnan(v) ? 0 : std::clamp((v - low) * scale, 0.0, 255.0);
      image.pixels.push_back(static_cast<std::uint8_t>(std::isnan(shade) ? 0 : std::lround(shade)));
    }
  return image;
}

std::string to_html(const timeline& t) {
  std::string s = "<figure class=\"timeline\"><figcaption>" + escape(t.title) + "</figcaption>\n";
  if (!t.sound.samples.empty())
    s += "<audio controls preload=\"metadata\" src=\"" + data_uri("audio/wav", encode_wav(t.sound)) + "\"></audio>\n";
  s += "<div class=\"tracks\" data-seconds=\"" + number(t.seconds, 9) + "\">\n";
  for (const auto& p : t.panels) s += std::visit([&](const auto& one) { return to_html(one, t.seconds); }, p);
  s += "<div class=\"panel\"><div class=\"names\"></div><div class=\"times\">";
  for (const double at : round_numbers(0, t.seconds, 6))
    s += "<span style=\"left:" + of_width(at / t.seconds) + "\">" + number(at) + " s</span>";
  return s + "</div></div><div class=\"sheet\"><b class=\"cursor\"></b></div></div></figure>\n";
}

}  // namespace page
