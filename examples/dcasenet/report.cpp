#include "report.hpp"

#include <cmath>
#include <cstdio>

#include "page/bar_chart.hpp"
#include "page/document.hpp"
#include "page/table.hpp"

using namespace auris;

namespace dcasenet {

std::string cell(double value, double factor, const char* format) {
  char text[16] = "-";
  if (std::isfinite(value)) std::snprintf(text, sizeof text, format, factor * value);
  return text;
}

std::string report_of(const std::vector<evaluated_model>& models, const data_sets& d) {
  page::document document("DcaseNet", "scenes, tags and events on the test parts of the sets");
  document.section("Figures");
  page::table figures{
      .columns = {{"model", false}, {"accuracy, %"}, {"lwlrap, %"}, {"F1, %"}, {"ER"}, {"F1, %, 1 s"}, {"ER, 1 s"}},
      .rows = {},
      .caption = "F1 and error rate of events over blocks of 5 s less a frame, as published, and over blocks of 1 s"};
  for (const evaluated_model& m : models)
    figures.rows.push_back({m.name, cell(m.s.accuracy, 100, "%.2f"), cell(m.s.lwlrap, 100, "%.2f"),
                            cell(m.s.seld.f1, 100, "%.2f"), cell(m.s.seld.error_rate, 1, "%.4f"),
                            cell(m.s.seld_1s.f1, 100, "%.2f"), cell(m.s.seld_1s.error_rate, 1, "%.4f")});
  document.add(figures);
  for (const evaluated_model& m : models) {
    if (!m.s.confusion.empty() || !m.s.lwlrap_of_class.empty()) document.section(m.name);
    if (!m.s.confusion.empty())
      document.add(page::confusion{.names = d.asc.classes,
                                   .counts = std::vector<long long>(m.s.confusion.begin(), m.s.confusion.end()),
                                   .caption = "scenes: a row for each true one, a column for each found"});
    if (m.s.lwlrap_of_class.empty()) continue;
    page::bar_chart tags{.title = "lwlrap of each tag, %", .bars = {}};
    for (std::size_t c = 0; c < m.s.lwlrap_of_class.size(); ++c)
      if (const double v = m.s.lwlrap_of_class[c]; std::isfinite(v))
        tags.bars.push_back({d.tag.classes[c], 100 * v, cell(v, 100, "%.1f")});
    document.add(tags);
  }
  return document.html();
}

}  // namespace dcasenet
