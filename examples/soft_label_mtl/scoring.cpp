#include "scoring.hpp"

#include <map>

using namespace auris;

namespace soft_label {

namespace {

// A system that has not listened: for every frame the mean label of the training clips.
std::vector<prediction> mean_label(const prepared_fold& p) {
  const auto classes = static_cast<idx>(p.set.labels.classes.size());
  std::vector<double> mean(static_cast<std::size_t>(classes));
  double frames = 0;
  for (idx i : p.split.train) {
    const frame_matrix& labels = p.clips[static_cast<std::size_t>(i)].labels;
    for (idx t = 0; t < labels.frames; ++t)
      for (std::size_t c = 0; c < mean.size(); ++c) mean[c] += static_cast<double>(labels.row(t)[c]);
    frames += static_cast<double>(labels.frames);
  }
  std::vector<prediction> answers;
  for (idx i : p.split.test) {
    prediction answer{frame_matrix(p.clips[static_cast<std::size_t>(i)].labels.frames, classes), {}, {}};
    for (idx t = 0; t < answer.sed.frames; ++t)
      for (std::size_t c = 0; c < mean.size(); ++c) answer.sed.row(t)[c] = static_cast<float>(mean[c] / frames);
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace

std::vector<event> hard_events(const maestro_data_set& set, idx clip) {
  std::vector<event> events;
  for (const hard_label& l : set.clips[static_cast<std::size_t>(clip)].hard)
    events.push_back({l.onset, l.offset, set.labels.classes[static_cast<std::size_t>(l.class_index)]});
  return events;
}

result<std::vector<prediction>> predict(system& network, const prepared_fold& p, const std::vector<idx>& clips) {
  std::vector<prediction> answers;
  for (idx i : clips) {
    auto answer = network.predict(p.clips[static_cast<std::size_t>(i)].features);
    if (!answer) return answer.error();
    answers.push_back(std::move(*answer));
  }
  return answers;
}

scorer::scorer(const prepared_fold& p, int time_decimals)
    : events_(p.set.labels.classes, p.set.labels.hard, {.hop = p.hop, .time_decimals = time_decimals}),
      scene_(static_cast<idx>(p.set.labels.scenes.size())),
      environment_(static_cast<idx>(p.set.labels.environments.size())) {}

result<void> scorer::add_fold(const prepared_fold& p, const std::vector<idx>& clips,
                              const std::vector<prediction>& predictions) {
  std::vector<std::vector<event>> events;
  std::vector<task_4b_file> files;
  events.reserve(clips.size());
  for (std::size_t k = 0; k < clips.size(); ++k) {
    const labelled_clip& clip = p.clips[static_cast<std::size_t>(clips[k])];
    if (predictions[k].asc.width > 0) {
      has_tasks_ = true;
      if (auto ok = scene_.add(predictions[k].asc.values, clip.scene); !ok) return ok;
      if (auto ok = environment_.add(predictions[k].aec.values, clip.environment); !ok) return ok;
    }
    events.push_back(hard_events(p.set, clips[k]));
    const double seconds = p.set.clips[static_cast<std::size_t>(clips[k])].seconds;
    files.push_back({predictions[k].sed.values, clip.labels.values, events.back(),
                     seconds > 0 ? seconds : static_cast<double>(clip.labels.frames) * p.hop});
  }
  return events_.add_fold(files);
}

scores scorer::result() const {
  scores s{events_.result(), {}, {}};
  if (has_tasks_) s.scene_accuracy = scene_.result().value, s.environment_accuracy = environment_.result().value;
  return s;
}

result<evaluation> evaluate_systems(const evaluate_command& o) {
  evaluation all;
  std::map<std::string, prepared_fold> folds;  // by front-end
  const auto add = [&](const prepared_fold& p, evaluated_system e) -> result<void> {
    scorer s(p, o.time_decimals);
    if (auto ok = s.add_fold(p, p.split.test, e.predictions); !ok) return ok;
    e.s = s.result();
    all.systems.push_back(std::move(e));
    return {};
  };
  for (const auto& file : o.weights) {
    auto trained = read_system(file, o.backend);
    if (!trained) return trained.error();
    const model_description& d = trained->description;
    if (folds.find(d.front_end) == folds.end()) {
      auto p = prepare_fold(o.data, o.fold, d.front_end, {o.features});
      if (!p) return p.error();
      folds.emplace(d.front_end, std::move(*p));
    }
    prepared_fold p = folds.at(d.front_end);
    if (p.set.labels.classes != d.classes)
      return error{"the model knows other classes than the data set", file.c_str()};
    if (o.baseline && all.systems.empty())
      if (auto ok = add(p, {"mean_label", {}, mean_label(p), {}}); !ok) return ok.error();
    if (auto ok = standardise(p, {d.mean, d.deviation}); !ok) return ok.error();
    auto answers = predict(*trained->network, p, p.split.test);
    if (!answers) return answers.error();
    if (auto ok = add(p, {d.network, d, std::move(*answers), {}}); !ok) return ok.error();
    if (all.fold.clips.empty()) all.fold = std::move(p);
  }
  return all;
}

}  // namespace soft_label
