#include <auris/data/annotation.hpp>
#include <auris/metric/events_from_scores.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "clips.hpp"
#include "commands.hpp"

using namespace auris;

namespace soft_label {

result<void> detect(const detect_command& o) {
  const auto trained = read_system(o.weights, o.backend);
  if (!trained) return trained.error();
  const model_description* d = &trained->description;
  if (o.threshold < 0 && d->thresholds.empty())
    return error{"the model file has no thresholds", o.weights.c_str(), "--threshold"};

  std::vector<annotated_file> found;
  for (const auto& file : o.files) {
    auto features = read_features(file, d->front_end);
    if (!features) return features.error();
    if (auto ok = standardisation{d->mean, d->deviation}.apply(*features); !ok) return ok;
    const auto answer = trained->network->predict(*features);
    if (!answer) return answer.error();
    const std::vector<float> thresholds = o.threshold < 0 ? d->thresholds : std::vector<float>{o.threshold};
    auto events =
        events_from_scores(answer->sed.values, answer->sed.frames, d->classes,
                           {.threshold = thresholds, .median = 3, .hop = d->hop, .duration = features->seconds});
    if (!events) return events.error();
    found.push_back({file.filename().string(), std::move(*events)});
  }

  std::string text;
  if (o.format == "tsv") {
    auto formatted = format_annotation(found);
    if (!formatted) return formatted.error();
    text = std::move(*formatted);
  } else if (o.format == "jsonl") {
    for (const auto& f : found)
      for (const event& e : f.events)
        text += nlohmann::json{{"filename", f.name}, {"onset", e.onset}, {"offset", e.offset}, {"event_label", e.label}}
                    .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) +
                "\n";
  } else {
    for (const auto& f : found) {
      text += f.name + ": " + std::to_string(f.events.size()) + " events\n";
      for (const event& e : f.events) {
        char line[160];
        std::snprintf(line, sizeof line, "  %8.1f s - %8.1f s  %s\n", e.onset, e.offset, e.label.c_str());
        text += line;
      }
    }
  }
  if (!o.output.empty()) return write_file(o.output, text);
  std::fputs(text.c_str(), stdout);
  return {};
}

}  // namespace soft_label
