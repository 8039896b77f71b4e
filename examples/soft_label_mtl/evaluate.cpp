#include <auris/io/file.hpp>
#include <cmath>
#include <cstdio>
#include <page/number.hpp>

#include "scoring.hpp"

using namespace auris;

namespace soft_label {

namespace {

// An F1 that is undefined, since nothing was detected, counts as 0.
std::string json_number(double v) { return page::json_number(std::isfinite(v) ? v : 0); }

std::string to_json(const std::vector<evaluated_system>& rows) {
  std::string s = "{\"systems\":[";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const task_4b_result& r = rows[i].s.events;
    s += (i ? ",\n " : "\n ") + std::string("{\"name\":\"") + rows[i].name +
         "\",\"error_rate_micro\":" + json_number(r.error_rate_micro) + ",\"f1_micro\":" + json_number(r.f1_micro) +
         ",\"f1_macro\":" + json_number(r.f1_macro) + ",\"f1_macro_optimal\":" + json_number(r.f1_macro_best);
    if (rows[i].s.scene_accuracy)
      s += ",\"scene_accuracy\":" + json_number(*rows[i].s.scene_accuracy) +
           ",\"environment_accuracy\":" + json_number(*rows[i].s.environment_accuracy);
    s += "}";
  }
  return s + "\n]}\n";
}

}  // namespace

result<void> evaluate(const evaluate_command& o) {
  const auto all = evaluate_systems(o);
  if (!all) return all.error();
  std::printf("%-24s %8s %8s %8s %8s %8s %8s\n", "system", "ER_m", "F1_m", "F1_M", "F1_MO", "ASC", "AEC");
  const auto percent = [](std::optional<double> v) {
    char text[16] = "-";
    if (v) std::snprintf(text, sizeof text, "%.1f", std::isfinite(*v) ? 100 * *v : 0.0);
    return std::string(text);
  };
  for (const evaluated_system& r : all->systems)
    std::printf("%-24s %8.3f %8s %8s %8s %8s %8s\n", r.name.c_str(), r.s.events.error_rate_micro,
                percent(r.s.events.f1_micro).c_str(), percent(r.s.events.f1_macro).c_str(),
                percent(r.s.events.f1_macro_best).c_str(), percent(r.s.scene_accuracy).c_str(),
                percent(r.s.environment_accuracy).c_str());
  if (!o.results.empty()) return write_file(o.results, to_json(all->systems));
  return {};
}

}  // namespace soft_label
