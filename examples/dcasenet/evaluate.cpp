#include <auris/backend/cpu/thread_pool.hpp>
#include <auris/io/file.hpp>
#include <cmath>
#include <cstdio>
#include <page/number.hpp>

#include "commands.hpp"
#include "report.hpp"

using namespace auris;

namespace dcasenet {

namespace {

std::string to_json(const std::vector<evaluated_model>& rows, const data_sets& d) {
  std::string text = "{\"systems\":[";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const scores& s = rows[i].s;
    text += (i ? ",\n " : "\n ") + std::string("{\"name\":\"") + rows[i].name +
            "\",\"accuracy\":" + page::json_number(s.accuracy) + ",\"lwlrap\":" + page::json_number(s.lwlrap) +
            ",\"f1\":" + page::json_number(s.seld.f1) + ",\"error_rate\":" + page::json_number(s.seld.error_rate) +
            ",\"f1_1s\":" + page::json_number(s.seld_1s.f1) +
            ",\"error_rate_1s\":" + page::json_number(s.seld_1s.error_rate) + ",\n  \"confusion\":[";
    const std::size_t n = d.asc.classes.size();
    for (std::size_t k = 0; k < s.confusion.size(); ++k)
      text += (k % n ? ","
               : k   ? "],["
                     : "[") +
              std::to_string(s.confusion[k]) + (k + 1 == s.confusion.size() ? "]" : "");
    text += "],\n  \"lwlrap_of_class\":[";
    for (std::size_t c = 0; c < s.lwlrap_of_class.size(); ++c)
      text += (c ? "," : "") + page::json_number(s.lwlrap_of_class[c]);
    text += "]}";
  }
  return text + "\n]}\n";
}

void print_confusion(const sound_set& set, const std::vector<idx>& confusion) {
  const std::size_t n = set.classes.size();
  std::printf("\nscenes: a row for each true one, a column for each found\n");
  for (std::size_t i = 0; i < n; ++i) {
    std::printf("  %-20s", set.classes[i].c_str());
    for (std::size_t k = 0; k < n; ++k) std::printf(" %4td", confusion[i * n + k]);
    std::printf("\n");
  }
}
void print_classes(const sound_set& set, const std::vector<double>& lwlrap) {
  std::printf("\ntags: lwlrap of each\n");
  for (std::size_t c = 0; c < lwlrap.size(); ++c)
    if (std::isfinite(lwlrap[c])) std::printf("  %-40s %6.2f %%\n", set.classes[c].c_str(), 100 * lwlrap[c]);
}

}  // namespace

result<void> evaluate(const evaluate_command& o) {
  thread_pool threads(o.system.threads);
  data_sets sets;
  task_set read;
  std::vector<evaluated_model> rows;
  for (const auto& file : o.weights) {
    auto t = read_system(file, o.system);
    if (!t) return t.error();
    const auto letters = t->description.options.find("tasks");
    task_set tasks = task_set::all();
    if (letters != t->description.options.end()) {
      tasks = {};
      for (const task each : all_tasks)
        tasks.has[static_cast<std::size_t>(each)] =
            letters->second.find(each == task::asc   ? 'A'
                                 : each == task::tag ? 'T'
                                                     : 'S') != std::string::npos;
    }
    task_set missing;
    for (std::size_t k = 0; k < task_count; ++k) missing.has[k] = tasks.has[k] && !read.has[k];
    auto more = read_sets(o.data, missing, o.match, o.sound_gigabytes, threads);
    if (!more) return more.error();
    if (missing[task::asc]) sets.asc = std::move(more->asc);
    if (missing[task::sed]) sets.sed = std::move(more->sed);
    if (missing[task::tag]) sets.tag = std::move(more->tag);
    for (std::size_t k = 0; k < task_count; ++k) read.has[k] = read.has[k] || tasks.has[k];
    const bool described = letters != t->description.options.end();
    if (described && ((tasks[task::asc] && t->description.scenes != sets.asc.classes) ||
                      (tasks[task::tag] && t->tags != sets.tag.classes)))
      return error{"the model knows other classes than the data", file.c_str()};
    auto s = score(*t->network, sets, tasks);
    if (!s) return s.error();
    rows.push_back({file.string(), std::move(*s)});
  }
  std::printf("%-40s %8s %8s %8s %8s %8s %8s\n", "model", "Acc", "lwlrap", "F1", "ER", "F1 1s", "ER 1s");
  for (const evaluated_model& r : rows)
    std::printf("%-40s %8s %8s %8s %8s %8s %8s\n", r.name.c_str(), page::fixed(100 * r.s.accuracy, 2).c_str(),
                page::fixed(100 * r.s.lwlrap, 2).c_str(), page::fixed(100 * r.s.seld.f1, 2).c_str(),
                page::fixed(r.s.seld.error_rate, 4).c_str(), page::fixed(100 * r.s.seld_1s.f1, 2).c_str(),
                page::fixed(r.s.seld_1s.error_rate, 4).c_str());
  if (rows.size() == 1 && !rows[0].s.confusion.empty()) print_confusion(sets.asc, rows[0].s.confusion);
  if (rows.size() == 1 && !rows[0].s.lwlrap_of_class.empty()) print_classes(sets.tag, rows[0].s.lwlrap_of_class);
  if (!o.report.empty())
    if (auto ok = write_file(o.report, report_of(rows, sets)); !ok) return ok;
  if (!o.results.empty()) return write_file(o.results, to_json(rows, sets));
  return {};
}

}  // namespace dcasenet
