#include <algorithm>
#include <auris/audio/sound_file.hpp>
#include <auris/metric/events_from_scores.hpp>
#include <cmath>
#include <page/document.hpp>
#include <page/number.hpp>
#include <page/table.hpp>
#include <page/timeline.hpp>
#include <page/training_log.hpp>

#include "scoring.hpp"

using namespace auris;

namespace soft_label {

namespace {

std::string percent(double v) { return page::fixed(100 * v, 1); }
std::string percent(std::optional<double> v) { return v ? percent(*v) : "-"; }

page::table overview(const evaluation& all) {
  page::table t{{{"system", false},
                 {"front-end", false},
                 {"tasks", false},
                 {"loss", false},
                 {"ER_m"},
                 {"F1_m"},
                 {"F1_M"},
                 {"F1_MO"},
                 {"scenes"},
                 {"environments"}},
                {}};
  for (const evaluated_system& e : all.systems) {
    const auto option = [&](const char* name) {
      const auto at = e.description.options.find(name);
      return at == e.description.options.end() ? std::string("-") : at->second;
    };
    t.rows.push_back({e.name, e.description.front_end, option("tasks"), option("loss"),
                      page::fixed(e.s.events.error_rate_micro, 3), percent(e.s.events.f1_micro),
                      percent(e.s.events.f1_macro), percent(e.s.events.f1_macro_best), percent(e.s.scene_accuracy),
                      percent(e.s.environment_accuracy)});
  }
  return t;
}

page::table per_class(const evaluated_system& e) {
  page::table t{{{"class", false},
                 {"seconds"},
                 {"F1"},
                 {"precision"},
                 {"recall"},
                 {"error rate"},
                 {"best F1"},
                 {"its threshold"}},
                {}};
  const task_4b_result& r = e.s.events;
  for (std::size_t c = 0; c < r.at_threshold.classes.size(); ++c) {
    const auto& at = r.at_threshold.classes[c];
    const auto& best = r.best.classes[c];
    t.rows.push_back({at.label, std::to_string(at.counts.reference), percent(at.f1), percent(at.precision),
                      percent(at.recall), page::fixed(at.error_rate, 2), percent(best.f1),
                      page::fixed(best.threshold, 3)});
  }
  return t;
}

// By clips, and by the frames in which an event takes place.
template <class Truth>
std::vector<page::confusion> confusions(const prepared_fold& p, const std::vector<frame_matrix>& answers,
                                        const std::vector<std::string>& names, Truth truth) {
  std::vector<page::confusion> both;
  for (const char* what : {"clips, by their mean probabilities", "frames with an event"})
    both.push_back({names, std::vector<long long>(names.size() * names.size()), what});
  for (std::size_t k = 0; k < answers.size(); ++k) {
    const labelled_clip& clip = p.clips[static_cast<std::size_t>(p.split.test[k])];
    const auto right = static_cast<std::size_t>(truth(clip));
    // The network may have more classes than the data set has scenes: those are never right, and not counted.
    std::vector<float> sums(names.size());
    for (idx t = 0; t < answers[k].frames; ++t) {
      const auto row = answers[k].row(t).first(names.size());
      for (std::size_t c = 0; c < names.size(); ++c) sums[c] += row[c];
      const auto labels = clip.labels.row(t);
      if (std::any_of(labels.begin(), labels.end(), [](float v) { return v > 0; }))
        both[1].add(right, static_cast<std::size_t>(argmax(row)));
    }
    both[0].add(right, static_cast<std::size_t>(argmax(std::span<const float>(sums))));
  }
  return both;
}

template <class Member>
std::vector<frame_matrix> answers_of(const evaluated_system& e, Member member) {
  std::vector<frame_matrix> all;
  for (const prediction& p : e.predictions) all.push_back(p.*member);
  return all;
}

// Some columns of the first frames.
frame_matrix part_of(const frame_matrix& m, idx frames, const std::vector<idx>& columns) {
  frame_matrix out(std::min(frames, m.frames), static_cast<idx>(columns.size()));
  for (idx t = 0; t < out.frames; ++t)
    for (std::size_t c = 0; c < columns.size(); ++c) out.row(t)[c] = m.row(t)[static_cast<std::size_t>(columns[c])];
  return out;
}

result<page::timeline> timeline_of(const evaluation& all, std::size_t test_clip, double longest) {
  const prepared_fold& p = all.fold;
  const auto index = static_cast<std::size_t>(p.split.test[test_clip]);
  const maestro_clip& clip = p.set.clips[index];
  const std::vector<std::string>& classes = p.set.labels.classes;
  constexpr int rate = 16000;  // enough to judge events by, a third of the size
  auto sound = read_sound_file(clip.audio, {.rate = rate});
  if (!sound) return sound.error();
  const auto whole = sound->seconds();
  page::timeline t{clip.name, std::min(whole, longest), {}, {}};
  sound->samples.resize(std::min(sound->samples.size(), static_cast<std::size_t>(t.seconds * rate)));
  t.sound = std::move(*sound);

  std::vector<std::vector<event>> detected;
  for (const evaluated_system& e : all.systems) {
    const frame_matrix& sed = e.predictions[test_clip].sed;
    auto events =
        events_from_scores(sed.values, sed.frames, classes,
                           {.threshold = e.description.thresholds, .median = 3, .hop = p.hop, .duration = whole});
    if (!events) return events.error();
    detected.push_back(std::move(*events));
  }
  // Classes that somebody heard; the others would be rows of nothing.
  const std::vector<event> reference = hard_events(p.set, static_cast<idx>(index));
  const frame_matrix& labels = p.clips[index].labels;
  std::vector<idx> columns;
  std::vector<std::string> names;
  for (std::size_t c = 0; c < classes.size(); ++c) {
    bool heard = !events_of(reference, classes[c]).empty();
    for (const auto& events : detected) heard = heard || !events_of(events, classes[c]).empty();
    for (idx frame = 0; frame < labels.frames; ++frame) heard = heard || labels.row(frame)[c] > 0.3f;
    if (heard) columns.push_back(static_cast<idx>(c)), names.push_back(classes[c]);
  }

  const auto frames = static_cast<idx>(std::ceil(t.seconds / p.hop - 1e-9));
  const std::pair whole_range{0.0, 1.0};
  auto mel = read_features(clip.audio, "panns_log_mel");
  if (!mel) return mel.error();
  constexpr double mel_hop = 0.01;
  std::vector<idx> bands;
  for (idx b = 0; b < mel->width; ++b) bands.push_back(b);
  t.panels.emplace_back(page::image_panel{
      "log-mel", part_of(*mel, static_cast<idx>(std::ceil(t.seconds / mel_hop - 1e-9)), bands), mel_hop});
  t.panels.emplace_back(
      page::image_panel{"soft labels of the annotators", part_of(labels, frames, columns), p.hop, names, whole_range});
  const auto events_panel = [&](const std::string& title, const std::vector<event>& events) {
    page::event_panel panel{title, names, {}};
    for (const event& e : events)
      if (e.onset < t.seconds) panel.events.push_back({e.onset, std::min(e.offset, t.seconds), e.label});
    t.panels.emplace_back(std::move(panel));
  };
  events_panel("events of the annotators", reference);
  for (std::size_t k = 0; k < all.systems.size(); ++k) {
    const evaluated_system& e = all.systems[k];
    t.panels.emplace_back(page::image_panel{
        "scores of " + e.name, part_of(e.predictions[test_clip].sed, frames, columns), p.hop, names, whole_range});
    events_panel("events of " + e.name, detected[k]);
  }
  return t;
}

}  // namespace

result<void> report(const report_command& o) {
  const auto all = evaluate_systems(o.of);
  if (!all) return all.error();
  const prepared_fold& p = all->fold;
  std::vector<std::size_t> chosen;
  for (const std::string& name : o.clips) {
    const auto at = std::find_if(p.split.test.begin(), p.split.test.end(),
                                 [&](idx i) { return p.set.clips[static_cast<std::size_t>(i)].name == name; });
    if (at == p.split.test.end())
      return error{"no such test clip in the fold", "--clips", {}, message::of("'", name.substr(0, 60), "'")};
    chosen.push_back(static_cast<std::size_t>(at - p.split.test.begin()));
  }
  if (o.clips.empty()) chosen.push_back(0);

  page::document d("Soft-label sound event detection", "Fold " + std::to_string(o.of.fold) + " of " +
                                                           o.of.data.string() + ": " +
                                                           std::to_string(p.split.test.size()) + " test clips");
  d.section("Results");
  d.text(
      "DCASE 2023 task 4B: error rate and F1 of segments of one second, all classes together (_m), mean over the "
      "classes (_M), and that mean with the best threshold of each class (_MO). In percent, but for the error rate.");
  d.add(overview(*all));
  if (!o.logs.empty()) d.section("Learning curves");
  for (const auto& file : o.logs) {
    const auto log = page::read_training_log(file);
    if (!log) return log.error();
    d.add(page::loss_curves(*log, file.stem().string()));
  }
  d.section("Classes");
  for (const evaluated_system& e : all->systems) {
    d.heading(e.name);
    d.add(per_class(e));
  }
  std::vector<std::string> scenes;
  for (const auto& s : p.set.labels.scenes) scenes.push_back(s.name);
  bool first = true;
  for (const evaluated_system& e : all->systems) {
    if (!e.s.scene_accuracy) continue;
    if (first) d.section("Scenes and environments");
    first = false;
    d.heading(e.name);
    d.add(confusions(p, answers_of(e, &prediction::asc), scenes, [](const labelled_clip& c) { return c.scene; }));
    d.add(confusions(p, answers_of(e, &prediction::aec), p.set.labels.environments,
                     [](const labelled_clip& c) { return c.environment; }));
  }
  d.section("Clips");
  d.text(
      "Classes that the annotators or a system hear in the clip. Events of the systems are scores above the "
      "thresholds that were best on the validation clips. A click goes to that time of the sound.");
  for (const std::size_t k : chosen) {
    const auto t = timeline_of(*all, k, o.seconds);
    if (!t) return t.error();
    d.add(*t);
  }
  if (auto ok = write_file(o.output, d.html()); !ok) return ok;
  std::printf("wrote %s\n", o.output.c_str());
  return {};
}

}  // namespace soft_label
