#include "report.hpp"

#include "page/bar_chart.hpp"
#include "page/document.hpp"
#include "page/number.hpp"
#include "page/table.hpp"

using namespace auris;

namespace dcasenet {

std::string report_of(const std::vector<evaluated_model>& models, const data_sets& d) {
  page::document document("DcaseNet", "scenes, tags and events on the test parts of the sets");
  document.section("Figures");
  page::table figures{
      .columns = {{"model", false}, {"accuracy, %"}, {"lwlrap, %"}, {"F1, %"}, {"ER"}, {"F1, %, 1 s"}, {"ER, 1 s"}},
      .rows = {},
      .caption = "F1 and error rate of events over blocks of 5 s less a frame, as published, and over blocks of 1 s"};
  for (const evaluated_model& m : models)
    figures.rows.push_back({m.name, page::fixed(100 * m.s.accuracy, 2), page::fixed(100 * m.s.lwlrap, 2),
                            page::fixed(100 * m.s.seld.f1, 2), page::fixed(m.s.seld.error_rate, 4),
                            page::fixed(100 * m.s.seld_1s.f1, 2), page::fixed(m.s.seld_1s.error_rate, 4)});
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
        tags.bars.push_back({d.tag.classes[c], 100 * v, page::fixed(100 * v, 1)});
    document.add(tags);
  }
  return document.html();
}

}  // namespace dcasenet
