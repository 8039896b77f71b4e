#include <auris/data/annotation.hpp>
#include <auris/io/file.hpp>
#include <auris/metric/segment_based.hpp>
#include <cstdio>
#include <map>

#include "commands.hpp"
#include "hearing.hpp"
#include "results.hpp"
#include "trained.hpp"

using namespace auris;

namespace weak_labels {

namespace {

struct row {
  std::string network;
  int fold;
  scores s;
  double segment_f1 = std::nan(""), segment_error_rate = std::nan("");  // of events; without strong labels: none
};

std::string to_json(const std::vector<row>& rows) {
  std::string s = "{\"systems\":[";
  for (std::size_t i = 0; i < rows.size(); ++i)
    s += (i ? ",\n " : "\n ") + std::string("{\"name\":\"") + rows[i].network +
         "\",\"fold\":" + std::to_string(rows[i].fold) + "," + json_figures(rows[i].s) +
         ",\"segment_f1\":" + json_number(rows[i].segment_f1) +
         ",\"segment_error_rate\":" + json_number(rows[i].segment_error_rate) + "}";
  return s + "\n]}\n";
}

void print(const row& r, const char* fold) {
  std::printf("%-14s %6s %10.4f %10.4f %10.4f %10.4f %10.4f\n", r.network.c_str(), fold, r.s.micro_precision,
              r.s.macro_precision, r.s.roc_auc, r.segment_f1, r.segment_error_rate);
}

row mean_of(const std::vector<row>& rows) {
  row mean{"mean", 0, {0, 0, 0}, 0, 0};
  const double n = static_cast<double>(rows.size());
  for (const row& r : rows) {
    mean.s.micro_precision += r.s.micro_precision / n, mean.s.macro_precision += r.s.macro_precision / n;
    mean.s.roc_auc += r.s.roc_auc / n;
    mean.segment_f1 += r.segment_f1 / n, mean.segment_error_rate += r.segment_error_rate / n;
  }
  return mean;
}

/// Events of all clips against the strong labels of the set.
result<segment_based_result> score_events(const trained_system& t, const weak_set& set, const clip_batch& clips,
                                          const std::vector<annotated_file>& strong) {
  segment_based metric(set.classes);
  idx n = 0;
  for (const weak_clip& clip : set.clips) {
    if (clip.fold != t.fold) continue;
    const auto outputs = t.network->outputs_of(clips, n++);
    if (!outputs) return outputs.error();
    const auto heard = listen(*outputs, set.classes, t.description.hop);
    if (!heard) return heard.error();
    const auto labels = std::ranges::find(strong, clip.audio.filename().string(), &annotated_file::name);
    if (labels == strong.end()) return error{"no strong labels of a clip", clip.audio.c_str()};
    if (auto ok = metric.add(labels->events, heard->events); !ok) return ok.error();
  }
  return metric.result();
}

}  // namespace

result<void> evaluate(const evaluate_command& o) {
  std::map<bool, weak_set> sets;  // reduced, and in full resolution
  std::vector<row> rows;
  std::vector<annotated_file> strong;
  std::error_code problem;
  if (const auto file = o.data / "strong.tsv"; std::filesystem::exists(file, problem)) {
    auto read = read_annotation(file);
    if (!read) return read.error();
    strong = std::move(*read);
  }
  for (const auto& file : o.weights) {
    const auto t = read_trained(file, o.system);
    if (!t) return t.error();
    const model_description& d = t->description;
    if (t->fold < 1 || t->fold > folds)
      return error{"the model file does not say which fold was held out", file.c_str(), message::of("1 to ", folds)};
    if (!sets.contains(t->reduced)) {
      auto read = read_set(o.data, o.features, o.system.threads, t->features());
      if (!read) return read.error();
      sets.emplace(t->reduced, std::move(*read));
    }
    const weak_set& set = sets.at(t->reduced);
    if (d.classes != set.classes) return error{"the model knows other classes than the data set", file.c_str()};
    const auto clips = clips_of(set, t->fold, true, {d.mean, d.deviation});
    if (!clips) return clips.error();
    const auto predicted = t->network->predict(*clips);
    if (!predicted) return predicted.error();
    const auto s = score(*clips, *predicted);
    if (!s) return s.error();
    rows.push_back({d.network, t->fold, *s});
    if (strong.empty()) continue;
    const auto segments = score_events(*t, set, *clips, strong);
    if (!segments) return segments.error();
    rows.back().segment_f1 = segments->micro.f1, rows.back().segment_error_rate = segments->micro.error_rate;
  }
  std::printf("%-14s %6s %10s %10s %10s %10s %10s\n", "network", "fold", "micro-P", "macro-P", "AUC", "segment-F1",
              "segment-ER");
  for (const row& r : rows) print(r, std::to_string(r.fold).c_str());
  if (rows.size() > 1) print(mean_of(rows), "");
  if (!o.results.empty()) return write_file(o.results, to_json(rows));
  return {};
}

}  // namespace weak_labels
