#include "training_log.hpp"

#include <auris/io/table.hpp>
#include <limits>

using namespace auris;

namespace page {

const std::vector<double>* training_log::find(const std::string& name) const {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return &columns[i];
  return nullptr;
}

result<training_log> read_training_log(const std::filesystem::path& path) {
  const auto rows = read_table(path, ',');
  if (!rows) return rows.error();
  training_log log;
  if (!rows->empty()) log.names = (*rows)[0].fields;
  log.columns.resize(log.names.size());
  if (!log.find("epoch")) return error{"not a log of a training", path.c_str(), "a column 'epoch' in the first line"};
  for (std::size_t r = 1; r < rows->size(); ++r) {
    const table_row& row = (*rows)[r];
    if (row.fields.size() != log.names.size())
      return error{"a line does not fit the names of the columns", message::of(path.c_str(), ", line ", row.line),
                   message::of(log.names.size(), " fields"), message::of(row.fields.size())};
    for (std::size_t c = 0; c < row.fields.size(); ++c) {
      const auto value = parse_number(row.fields[c], path, row.line);
      log.columns[c].push_back(value ? *value : std::numeric_limits<double>::quiet_NaN());
    }
  }
  return log;
}

line_chart curves_of(const training_log& log, const std::string& title, const std::string& y_name,
                     const std::vector<std::string>& names) {
  line_chart chart{title, "epoch", y_name, {}};
  for (const std::string& name : names)
    if (const auto* y = log.find(name)) chart.lines.push_back({name, *log.find("epoch"), *y});
  return chart;
}

std::vector<line_chart> loss_curves(const training_log& log, const std::string& title) {
  const std::string before = "validation_";
  std::vector<line_chart> charts{{title, "epoch", "loss", {}}, {title + ": terms", "epoch", "loss of a term", {}}};
  for (const std::string& name : log.names) {
    if (!log.find(before + name)) continue;
    line_chart& chart = charts[name == "loss" ? 0 : 1];
    const int colour = static_cast<int>(chart.lines.size() / 2);
    const std::string shown = name == "loss" ? "" : name + ", ";
    chart.lines.push_back({shown + "validation", *log.find("epoch"), *log.find(before + name), false, colour});
    chart.lines.push_back({shown + "training", *log.find("epoch"), *log.find(name), true, colour});
  }
  if (charts[1].lines.size() <= 2) charts.pop_back();  // one term is the loss itself
  return charts;
}

}  // namespace page
