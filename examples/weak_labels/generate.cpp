#include <algorithm>
#include <auris/audio/sound_file.hpp>
#include <auris/data/annotation.hpp>
#include <auris/data/mix_over_scene.hpp>
#include <auris/io/whole_folder.hpp>
#include <cstdio>
#include <map>
#include <set>

#include "clips.hpp"
#include "commands.hpp"
#include "given_list.hpp"
#include "sounds.hpp"

using namespace auris;

namespace weak_labels {

namespace {

std::string name_of(std::size_t clip) {
  char name[32];
  std::snprintf(name, sizeof name, "%05zu.wav", clip);
  return name;
}

/// What a clip is mixed of.
struct planned_event {
  const sound* recording;
  std::string label;
  placed_recording place;  // without samples yet
};
struct planned_clip {
  std::string name;
  idx fold;  // from 1
  const sound* scene;
  std::vector<planned_event> events;
};

/// Writes the sound of a clip; what is heard in it comes back.
result<std::vector<event>> write_clip(const std::filesystem::path& file, const planned_clip& c,
                                      const scene_mix_options& options) {
  const auto scene = c.scene->make();
  if (!scene) return scene.error();
  std::vector<std::vector<float>> recordings;
  std::vector<placed_recording> placed;
  std::string names = c.scene->name;
  for (const planned_event& e : c.events) {
    auto recording = e.recording->make();
    if (!recording) return recording.error();
    recordings.push_back(std::move(*recording));
    placed.push_back(e.place);
    placed.back().samples = recordings.back();
    names += ", " + e.recording->name;
  }
  const auto mix = mix_over_scene(*scene, placed, options);
  if (!mix) {
    error e = mix.error();
    e.where = message::of(e.where, e.where.empty() ? "of " : " of ", names);
    return e;
  }
  if (auto ok = write_sound_file(file, mix->interleaved(), rate, 2); !ok) return ok.error();
  std::vector<event> heard;
  for (std::size_t k = 0; k < c.events.size(); ++k)
    heard.push_back({c.events[k].place.onset, mix->offsets[k], c.events[k].label});
  return heard;
}

result<void> write_set(const std::filesystem::path& folder, const std::vector<planned_clip>& clips,
                       const std::vector<std::string>& all_classes, const scene_mix_options& options) {
  std::string classes = "label\n", weak = "filename\tevent_labels\n", fold_of = "filename\tfold\n";
  for (const std::string& c : all_classes) classes += c + '\n';
  std::vector<annotated_file> strong;
  for (const planned_clip& c : clips) {
    auto heard = write_clip(folder / "audio" / c.name, c, options);
    if (!heard) return heard.error();
    std::vector<std::string> labels;
    for (const event& e : *heard)
      if (std::find(labels.begin(), labels.end(), e.label) == labels.end()) labels.push_back(e.label);
    weak += c.name + '\t';
    for (std::size_t k = 0; k < labels.size(); ++k) weak += (k ? "," : "") + labels[k];
    weak += '\n';
    fold_of += c.name + '\t' + std::to_string(c.fold) + '\n';
    strong.push_back({c.name, std::move(*heard)});
  }
  for (const auto& [name, text] :
       {std::pair("classes.tsv", &classes), std::pair("weak.tsv", &weak), std::pair("folds.tsv", &fold_of)})
    if (auto ok = write_file(folder / name, *text); !ok) return ok;
  return write_annotation(folder / "strong.tsv", strong);
}

/// Writes the set whole or not at all.
result<void> write_clips(const generate_command& o, const std::vector<planned_clip>& clips,
                         const std::vector<std::string>& classes, const scene_mix_options& options) {
  if (auto ok = write_whole_folder(
          o.data, [&](const std::filesystem::path& beside) { return write_set(beside, clips, classes, options); });
      !ok)
    return ok;
  std::printf("wrote %zu clips of %g s, events of %zu classes %g dB over the scene, to %s\n", clips.size(), seconds,
              classes.size(), o.snr, o.data.c_str());
  return {};
}

/// By the name of the file, which is the last part of the name of a sound.
result<const sound*> find_sound(const std::map<std::string, const sound*>& all, const std::string& name,
                                const std::filesystem::path& folder) {
  const auto at = all.find(name);
  if (at == all.end()) return error{"no such recording", folder.c_str(), name.c_str()};
  return at->second;
}
std::map<std::string, const sound*> by_file_name(const std::vector<sound>& all) {
  std::map<std::string, const sound*> names;
  for (const sound& s : all) names.emplace(std::filesystem::path(s.name).filename().string(), &s);
  return names;
}

/// The clips that a list names.
result<void> generate_given(const generate_command& o) {
  const auto list = read_given_list(o.mixtures);
  if (!list) return list.error();
  if (list->empty()) return error{"a list without mixtures", o.mixtures.c_str()};
  const auto events = recordings_in(o.events), scenes = recordings_in(o.scenes);
  if (!events) return events.error();
  if (!scenes) return scenes.error();
  const auto event_named = by_file_name(*events), scene_named = by_file_name(*scenes);
  std::set<std::string> classes, names;
  std::vector<planned_clip> clips;
  for (const named_mixture& m : *list) {
    if (m.fold < 1 || m.fold > folds)
      return error{"no such fold", message::of(o.mixtures, ", ", m.name), message::of("1 to ", folds),
                   message::of(m.fold)};
    if (std::filesystem::path(m.name).filename() != m.name || !names.insert(m.name).second)
      return error{"not a name of its own", o.mixtures.c_str(), "the name of a file, once", m.name.c_str()};
    const auto scene = find_sound(scene_named, m.scene, o.scenes);
    if (!scene) return scene.error();
    planned_clip c{m.name, m.fold, *scene, {}};
    for (const named_event& e : m.events) {
      const auto recording = find_sound(event_named, e.recording, o.events);
      if (!recording) return recording.error();
      if (e.label.find_first_of(",\t\n") != e.label.npos)
        return error{"a class that weak labels cannot name", o.mixtures.c_str(), "neither commas nor tabs",
                     e.label.c_str()};
      classes.insert(e.label);
      c.events.push_back({*recording, e.label, {{}, e.onset, e.offset - e.onset}});
    }
    clips.push_back(std::move(c));
  }
  constexpr double any = std::numeric_limits<double>::infinity();
  return write_clips(o, clips, {classes.begin(), classes.end()},
                     {.rate = rate, .seconds = seconds, .longest_event = any, .snr = o.snr});
}

/// The published procedure, on recordings or synthetic sounds.
result<void> generate_listed(const generate_command& o) {
  if (o.clips < folds || o.clips % folds != 0)
    return error{"bad number of clips", "--clips", message::of("a multiple of ", folds), message::of(o.clips)};
  result<event_sounds> events =
      o.events.empty() ? synthetic_events(o.classes, o.recordings, o.seed) : recorded_events(o.events);
  if (!events) return events.error();
  result<std::vector<sound>> scenes = o.white_noise      ? white_noise(o.clips, o.seed)
                                      : o.scenes.empty() ? synthetic_scenes(o.clips, o.seed)
                                                         : recordings_in(o.scenes);
  if (!scenes) return scenes.error();
  const auto fold_of = shuffled_folds(static_cast<idx>(events->recordings.size()), folds, o.seed);
  if (!fold_of) return fold_of.error();
  const auto list = list_mixtures(*fold_of, static_cast<idx>(scenes->size()),
                                  {.folds = folds, .clips = o.clips / folds, .seed = o.seed});
  if (!list) return list.error();
  std::vector<planned_clip> clips;
  for (const listed_mixture& m : *list) {
    planned_clip c{name_of(clips.size()), m.fold + 1, &(*scenes)[static_cast<std::size_t>(m.scene)], {}};
    for (const listed_event& e : m.events) {
      const auto r = static_cast<std::size_t>(e.recording);
      c.events.push_back(
          {&events->recordings[r], events->classes[static_cast<std::size_t>(events->class_of[r])], {{}, e.onset}});
    }
    clips.push_back(std::move(c));
  }
  return write_clips(o, clips, events->classes, {.rate = rate, .seconds = seconds, .snr = o.snr});
}

}  // namespace

result<void> generate(const generate_command& o) {
  if (o.mixtures.empty()) return generate_listed(o);
  if (o.events.empty() || o.scenes.empty())
    return error{"a list names recordings", "--mixtures", "--events and --scenes, the folders that have them", {}};
  return generate_given(o);
}

}  // namespace weak_labels
