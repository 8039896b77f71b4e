#include "scoring.hpp"

using namespace auris;

namespace soft_label {

std::vector<event> hard_events(const maestro_data_set& set, idx clip) {
  std::vector<event> events;
  for (const hard_label& l : set.clips[static_cast<std::size_t>(clip)].hard)
    events.push_back({l.onset, l.offset, set.labels.classes[static_cast<std::size_t>(l.class_index)]});
  return events;
}

result<scores> score(const prepared_fold& p, const std::vector<idx>& clips, int time_decimals,
                     const std::function<result<prediction>(const labelled_clip&)>& predict) {
  task_4b metric(p.set.labels.classes, p.set.labels.hard, {.hop = p.hop, .time_decimals = time_decimals});
  accuracy scene(static_cast<idx>(p.set.labels.scenes.size())),
      environment(static_cast<idx>(p.set.labels.environments.size()));
  bool has_tasks = false;
  std::vector<prediction> predictions;
  std::vector<std::vector<event>> events;
  for (idx i : clips) {
    const labelled_clip& clip = p.clips[static_cast<std::size_t>(i)];
    auto answer = predict(clip);
    if (!answer) return answer.error();
    if (answer->asc.width > 0) {
      has_tasks = true;
      if (auto ok = scene.add(answer->asc.values, clip.scene); !ok) return ok.error();
      if (auto ok = environment.add(answer->aec.values, clip.environment); !ok) return ok.error();
    }
    predictions.push_back(std::move(*answer));
    events.push_back(hard_events(p.set, i));
  }
  std::vector<task_4b_file> files;
  for (std::size_t k = 0; k < clips.size(); ++k) {
    const std::size_t i = static_cast<std::size_t>(clips[k]);
    const double seconds = p.set.clips[i].seconds;
    files.push_back({predictions[k].sed.values, p.clips[i].labels.values, events[k],
                     seconds > 0 ? seconds : static_cast<double>(p.clips[i].labels.frames) * p.hop});
  }
  if (auto ok = metric.add_fold(files); !ok) return ok.error();
  scores s{metric.result(), {}, {}};
  if (has_tasks) s.scene_accuracy = scene.result().value, s.environment_accuracy = environment.result().value;
  return s;
}

}  // namespace soft_label
