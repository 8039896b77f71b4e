#include "table_output.hpp"

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <page/bar_chart.hpp>
#include <page/document.hpp>
#include <page/number.hpp>
#include <page/table.hpp>

using namespace auris;

namespace soft_label {

namespace {

constexpr const char* figure_names[] = {"ER_m", "F1_m", "F1_M", "F1_MO"};
constexpr const char* keys[] = {"error_rate_micro", "f1_micro", "f1_macro", "f1_macro_optimal"};

std::string figure(std::size_t k, double v) { return page::fixed(v, k == 0 ? 3 : 2); }

// "0.487" or, of several seeds, "0.487 +- 0.009".
std::string figure(std::size_t k, const row_result& r, const char* between) {
  const spread s = spread_of(r.by_seed);
  return r.by_seed.size() < 2 ? figure(k, s.mean[k]) : figure(k, s.mean[k]) + between + figure(k, s.deviation[k]);
}
std::string loss_of(const table_row& r) { return loss_name(r.loss, r.reduction); }
// For a narrow column.
std::string short_loss_of(const table_row& r) {
  return std::string(r.loss == sed_loss::wsl ? "WSL (" : "MSE (") + name_of(r.reduction) + ")";
}
std::string depth_of(const table_row& r) {
  return r.network == "crnn_4b" ? "-" : r.network.substr(r.network.size() - 1);
}
std::string table_of(const table_row& r) { return r.table ? std::to_string(r.table) : "-"; }

page::bar_chart bars(std::size_t k, const std::vector<row_result>& rows) {
  page::bar_chart chart{figure_names[k], {}, "the paper's figure"};
  for (const row_result& r : rows) {
    std::optional<double> paper;
    if (r.row.paper) paper = (*r.row.paper)[k];
    chart.bars.push_back({r.row.system + ", " + depth_of(r.row) + ", " + r.row.front_end, spread_of(r.by_seed).mean[k],
                          figure(k, r, " \xC2\xB1 "), paper});
  }
  return chart;
}

}  // namespace

spread spread_of(const std::vector<four_figures>& all) {
  spread s;
  const auto n = static_cast<double>(all.size());
  for (std::size_t k = 0; k < 4; ++k) {
    for (const four_figures& f : all) s.mean[k] += f[k] / n;
    for (const four_figures& f : all) s.deviation[k] += (f[k] - s.mean[k]) * (f[k] - s.mean[k]) / n;
    s.deviation[k] = std::sqrt(s.deviation[k]);
  }
  return s;
}

std::string to_text(const table_head& head, const std::vector<row_result>& rows) {
  std::string text = head.banner.empty() ? "" : "*** " + head.banner + " ***\n";
  text += head.conditions + "\n\n";
  char line[400];
  std::snprintf(line, sizeof line, "%-5s %-34s %6s %-16s %-28s %16s %16s %16s %16s   paper: ER_m, F1_m, F1_M, F1_MO\n",
                "table", "system", "blocks", "features", "loss (reduction)", "ER_m", "F1_m", "F1_M", "F1_MO");
  text += line;
  for (const row_result& r : rows) {
    std::snprintf(line, sizeof line, "%-5s %-34s %6s %-16s %-28s %16s %16s %16s %16s  ", table_of(r.row).c_str(),
                  r.row.system.c_str(), depth_of(r.row).c_str(), r.row.front_end.c_str(), loss_of(r.row).c_str(),
                  figure(0, r, " +- ").c_str(), figure(1, r, " +- ").c_str(), figure(2, r, " +- ").c_str(),
                  figure(3, r, " +- ").c_str());
    text += line;
    if (r.row.paper)
      for (std::size_t k = 0; k < 4; ++k) text += " " + figure(k, (*r.row.paper)[k]);
    else
      text += " -";
    text += "\n";
  }
  return text;
}

std::string to_csv(const std::vector<row_result>& rows) {
  std::string s = "table,system,blocks,front_end,loss,alpha,beta,gamma,seeds";
  for (const char* key : keys) s += std::string(",") + key + "," + key + "_deviation,paper_" + key;
  s += "\n";
  for (const row_result& r : rows) {
    const spread of = spread_of(r.by_seed);
    s += table_of(r.row) + "," + r.row.system + "," + depth_of(r.row) + "," + r.row.front_end + "," + loss_of(r.row) +
         "," + page::fixed(r.row.weights.sed, 4) + "," + page::fixed(r.row.weights.asc, 4) + "," +
         page::fixed(r.row.weights.aec, 4) + "," + std::to_string(r.by_seed.size());
    for (std::size_t k = 0; k < 4; ++k)
      s += "," + page::fixed(of.mean[k], 6) + "," + page::fixed(of.deviation[k], 6) + "," +
           (r.row.paper ? page::fixed((*r.row.paper)[k], 3) : std::string());
    s += "\n";
  }
  return s;
}

std::string to_json(const table_head& head, const std::vector<row_result>& rows) {
  using json = nlohmann::ordered_json;
  const auto object = [](const four_figures& f) {
    json o = json::object();
    for (std::size_t k = 0; k < 4; ++k) o[keys[k]] = std::isfinite(f[k]) ? json(f[k]) : json(nullptr);
    return o;
  };
  const auto list = [&](const std::vector<four_figures>& all) {
    json a = json::array();
    for (const four_figures& f : all) a.push_back(object(f));
    return a;
  };
  json all = {{"reduced", !head.banner.empty()}, {"conditions", head.conditions}, {"rows", json::array()}};
  for (const row_result& r : rows) {
    const spread of = spread_of(r.by_seed);
    all["rows"].push_back({{"table", r.row.table ? json(r.row.table) : json(nullptr)},
                           {"system", r.row.system},
                           {"network", r.row.network},
                           {"front_end", r.row.front_end},
                           {"loss", loss_of(r.row)},
                           {"alpha", r.row.weights.sed},
                           {"beta", r.row.weights.asc},
                           {"gamma", r.row.weights.aec},
                           {"mean", object(of.mean)},
                           {"deviation", object(of.deviation)},
                           {"paper", r.row.paper ? object(*r.row.paper) : json(nullptr)},
                           {"seeds", list(r.by_seed)},
                           {"folds", list(r.by_fold)}});
  }
  // A path that is no UTF-8 must not stop the program.
  return all.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::string to_html(const table_head& head, const std::vector<row_result>& rows) {
  page::document d(head.sweep ? "Weights of the tasks" : "Tables 3, 4 and 5", head.conditions);
  if (!head.banner.empty()) d.note(head.banner);
  d.section("Figures");
  d.text(
      "DCASE 2023 task 4B, over the test clips of all folds; F1 in percent. At the right of each figure that of the "
      "paper, in brackets. A deviation is that of the seeds. MSE: mean squared error; WSL: weighted soft label loss; "
      "paper: a sum over the classes, mean: their mean.");
  page::table t{{{"table"}, {"system", false}, {"blocks"}, {"features", false}, {"loss (reduction)", false}}, {}};
  for (const char* name : figure_names) t.columns.push_back({name});
  for (const row_result& r : rows) {
    std::vector<std::string> cells{table_of(r.row), r.row.system, depth_of(r.row), r.row.front_end,
                                   short_loss_of(r.row)};
    for (std::size_t k = 0; k < 4; ++k)
      cells.push_back(figure(k, r, " \xC2\xB1 ") +
                      (r.row.paper ? " (" + figure(k, (*r.row.paper)[k]) + ")" : std::string()));
    t.rows.push_back(std::move(cells));
  }
  d.add(t);
  d.section("Beside the paper");
  for (const std::size_t k : {3u, 0u}) d.add(bars(k, rows));
  if (!head.sweep) {
    d.section("Other submissions");
    d.text("Table 6 of the paper, as published: submissions to the task.");
    page::table others{{{"system", false}}, {}};
    for (const char* name : figure_names) others.columns.push_back({name});
    for (const submission& s : submissions) {
      others.rows.push_back({s.name});
      for (std::size_t k = 0; k < 4; ++k) others.rows.back().push_back(figure(k, s.figures[k]));
    }
    if (!rows.empty()) {
      others.rows.push_back({"this run: " + rows.back().row.system});
      for (std::size_t k = 0; k < 4; ++k) others.rows.back().push_back(figure(k, rows.back(), " \xC2\xB1 "));
    }
    d.add(others);
  }
  return d.html();
}

}  // namespace soft_label
