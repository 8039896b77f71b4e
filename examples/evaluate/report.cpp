#include "report.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace evaluate {

namespace {

nlohmann::ordered_json object_of(const figures& row) {
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  for (const auto& [name, value] : row)
    object[name] = std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
  return object;
}

std::string line_of(const std::string& name, const figures& columns, const figures& row, std::size_t width) {
  std::string line = name + std::string(width - name.size(), ' ');
  for (const auto& column : columns) {
    const std::string title = column.first;
    const auto cell = std::find_if(row.begin(), row.end(), [&](const auto& c) { return title == c.first; });
    char text[32] = "-";
    if (cell != row.end() && !std::isnan(cell->second)) std::snprintf(text, sizeof text, "%.4f", cell->second);
    const std::size_t wide = std::max<std::size_t>(title.size(), 10);
    line += std::string(wide + 2 - std::min(wide, std::string(text).size()), ' ') + text;
  }
  return line + "\n";
}

}  // namespace

std::string to_json(const report& r) {
  nlohmann::ordered_json all = nlohmann::ordered_json::object();
  if (!r.micro.empty()) all["micro"] = object_of(r.micro);
  if (!r.macro.empty()) all["macro"] = object_of(r.macro);
  nlohmann::ordered_json& classes = all["classes"] = nlohmann::ordered_json::object();
  for (const auto& [name, row] : r.classes) classes[name] = object_of(row);
  for (const auto& [name, value] : r.overall)
    all[name] = std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
  all["reading_milliseconds"] = r.reading_milliseconds;
  all["milliseconds"] = r.milliseconds;
  // A name that is no UTF-8 must not stop the program.
  return all.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string to_table(const report& r) {
  figures columns = r.classes.empty() ? r.micro : r.classes[0].second;
  std::size_t width = 5;
  for (const auto& [name, row] : r.classes) width = std::max(width, name.size());
  std::string text(width, ' ');
  for (const auto& [name, unused] : columns) {
    const std::size_t wide = std::max<std::size_t>(std::string(name).size(), 10);
    text += std::string(wide + 2 - std::string(name).size(), ' ') + name;
  }
  text += "\n";
  if (!r.micro.empty()) text += line_of("micro", columns, r.micro, width);
  if (!r.macro.empty()) text += line_of("macro", columns, r.macro, width);
  for (const auto& [name, row] : r.classes) text += line_of(name, columns, row, width);
  for (const auto& [name, value] : r.overall)
    text += line_of(name, {{name, 0}}, {{name, value}}, std::max(width, std::string(name).size()));
  char times[96];
  std::snprintf(times, sizeof times, "read in %.1f ms, computed in %.1f ms\n", r.reading_milliseconds, r.milliseconds);
  return text + times;
}

}  // namespace evaluate
