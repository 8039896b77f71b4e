#include <auris/io/file.hpp>
#include <cmath>
#include <cstdio>
#include <map>

#include "commands.hpp"
#include "scoring.hpp"

using namespace auris;

namespace soft_label {

namespace {

struct row {
  std::string name;
  scores s;
};

// An F1 that is undefined, since nothing was detected, counts as 0.
std::string json_number(double v) {
  if (!std::isfinite(v)) v = 0;
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.6f", v);
  return digits;
}

std::string to_json(const std::vector<row>& rows) {
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

// A system that has not listened: for every frame the mean label of the training clips.
result<prediction> mean_label(const prepared_fold& p, const labelled_clip& clip) {
  std::vector<double> mean(static_cast<std::size_t>(clip.labels.width));
  double frames = 0;
  for (idx i : p.split.train) {
    const frame_matrix& labels = p.clips[static_cast<std::size_t>(i)].labels;
    for (idx t = 0; t < labels.frames; ++t)
      for (std::size_t c = 0; c < mean.size(); ++c) mean[c] += static_cast<double>(labels.row(t)[c]);
    frames += static_cast<double>(labels.frames);
  }
  prediction answer{frame_matrix(clip.labels.frames, clip.labels.width), {}, {}};
  for (idx t = 0; t < clip.labels.frames; ++t)
    for (std::size_t c = 0; c < mean.size(); ++c) answer.sed.row(t)[c] = static_cast<float>(mean[c] / frames);
  return answer;
}

}  // namespace

result<void> evaluate(const evaluate_command& o) {
  std::vector<row> rows;
  std::map<std::string, prepared_fold> folds;  // by front-end
  for (const auto& file : o.weights) {
    const auto trained = read_system(file, o.backend);
    if (!trained) return trained.error();
    const model_description* d = &trained->description;
    if (folds.find(d->front_end) == folds.end()) {
      auto p = prepare_fold(o.data, o.fold, d->front_end, {o.features});
      if (!p) return p.error();
      folds.emplace(d->front_end, std::move(*p));
    }
    prepared_fold p = folds.at(d->front_end);
    if (p.set.labels.classes != d->classes)
      return error{"the model knows other classes than the data set", file.c_str()};
    if (o.baseline && rows.empty()) {
      auto s = score(p, p.split.test, o.time_decimals, [&](const labelled_clip& c) { return mean_label(p, c); });
      if (!s) return s.error();
      rows.push_back({"mean_label", std::move(*s)});
    }
    if (auto ok = standardise(p, {d->mean, d->deviation}); !ok) return ok;
    auto s = score(p, p.split.test, o.time_decimals,
                   [&](const labelled_clip& c) { return trained->network->predict(c.features); });
    if (!s) return s.error();
    rows.push_back({d->network, std::move(*s)});
  }
  std::printf("%-24s %8s %8s %8s %8s %8s %8s\n", "system", "ER_m", "F1_m", "F1_M", "F1_MO", "ASC", "AEC");
  const auto percent = [](std::optional<double> v) {
    char text[16] = "-";
    if (v) std::snprintf(text, sizeof text, "%.1f", std::isfinite(*v) ? 100 * *v : 0.0);
    return std::string(text);
  };
  for (const row& r : rows)
    std::printf("%-24s %8.3f %8s %8s %8s %8s %8s\n", r.name.c_str(), r.s.events.error_rate_micro,
                percent(r.s.events.f1_micro).c_str(), percent(r.s.events.f1_macro).c_str(),
                percent(r.s.events.f1_macro_best).c_str(), percent(r.s.scene_accuracy).c_str(),
                percent(r.s.environment_accuracy).c_str());
  if (!o.results.empty()) return write_file(o.results, to_json(rows));
  return {};
}

}  // namespace soft_label
