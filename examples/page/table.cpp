#include "table.hpp"

#include <cstdio>

#include "escape.hpp"

namespace page {

namespace {

std::string caption_of(const std::string& text) {
  return text.empty() ? std::string() : "<caption>" + escape(text) + "</caption>";
}
// A name that may be broken behind its underscores.
std::string breakable(const std::string& name) {
  std::string s;
  for (const char c : escape(name)) s += c == '_' ? std::string("_<wbr>") : std::string(1, c);
  return s;
}

}  // namespace

std::string to_html(const table& t) {
  std::string s = "<div class=\"wide\"><table>" + caption_of(t.caption) + "<thead><tr>";
  const auto cell = [&](const char* tag, std::size_t c, const std::string& text) {
    const bool number = c < t.columns.size() && t.columns[c].numbers;
    return std::string("<") + tag + (number ? " class=\"number\">" : ">") + escape(text) + "</" + tag + ">";
  };
  for (std::size_t c = 0; c < t.columns.size(); ++c) s += cell("th", c, t.columns[c].title);
  s += "</tr></thead>\n<tbody>";
  for (const auto& row : t.rows) {
    s += "<tr>";
    for (std::size_t c = 0; c < row.size(); ++c) s += cell("td", c, row[c]);
    s += "</tr>\n";
  }
  return s + "</tbody></table></div>\n";
}

std::string to_html(const confusion& m) {
  const std::size_t n = m.names.size();
  std::string s = "<div class=\"wide\"><table class=\"confusion\">" + caption_of(m.caption) +
                  "<thead><tr><th>is, below; taken for, right</th>";
  for (const std::string& name : m.names) s += "<th class=\"number\">" + breakable(name) + "</th>";
  s += "</tr></thead>\n<tbody>";
  for (std::size_t i = 0; i < n; ++i) {
    s += "<tr><th>" + breakable(m.names[i]) + "</th>";
    long long sum = 0;
    for (std::size_t j = 0; j < n; ++j) sum += m.counts[i * n + j];
    for (std::size_t j = 0; j < n; ++j) {
      const long long count = m.counts[i * n + j];
      const double share = sum > 0 ? static_cast<double>(count) / static_cast<double>(sum) : 0;
      char style[96];
      std::snprintf(style, sizeof style, "<td class=\"number%s\" style=\"background:rgb(11 92 173/%.3f)\">",
                    share > 0.55 ? " strong" : "", share);
      s += style + std::to_string(count);
      if (sum > 0) {
        char percent[32];
        std::snprintf(percent, sizeof percent, "<small>%.0f %%</small>", 100 * share);
        s += percent;
      }
      s += "</td>";
    }
    s += "</tr>\n";
  }
  return s + "</tbody></table></div>\n";
}

}  // namespace page
