#include <algorithm>
#include <auris/audio/sound_file.hpp>
#include <auris/data/annotation.hpp>
#include <auris/data/mix_over_scene.hpp>
#include <auris/data/mixture_list.hpp>
#include <auris/io/whole_folder.hpp>
#include <cstdio>

#include "clips.hpp"
#include "commands.hpp"
#include "sounds.hpp"

using namespace auris;

namespace weak_labels {

namespace {

std::string name_of(std::size_t clip) {
  char name[32];
  std::snprintf(name, sizeof name, "%05zu.wav", clip);
  return name;
}

/// Writes the sound of a clip; what is heard in it comes back.
result<std::vector<event>> write_clip(const std::filesystem::path& file, const listed_mixture& m,
                                      const event_sounds& events, const std::vector<sound>& scenes, double snr) {
  const sound& place = scenes[static_cast<std::size_t>(m.scene)];
  const auto scene = place.make();
  if (!scene) return scene.error();
  std::vector<std::vector<float>> recordings;
  std::vector<placed_recording> placed;
  std::string names = place.name;
  for (const listed_event& e : m.events) {
    const sound& event = events.recordings[static_cast<std::size_t>(e.recording)];
    auto recording = event.make();
    if (!recording) return recording.error();
    recordings.push_back(std::move(*recording));
    placed.push_back({recordings.back(), e.onset});
    names += ", " + event.name;
  }
  const auto mix = mix_over_scene(*scene, placed, {.rate = rate, .seconds = seconds, .snr = snr});
  if (!mix) {
    error e = mix.error();
    e.where = message::of(e.where, e.where.empty() ? "of " : " of ", names);
    return e;
  }
  if (auto ok = write_sound_file(file, mix->interleaved(), rate, 2); !ok) return ok.error();
  std::vector<event> heard;
  for (std::size_t k = 0; k < m.events.size(); ++k) {
    const idx c = events.class_of[static_cast<std::size_t>(m.events[k].recording)];
    heard.push_back({m.events[k].onset, mix->offsets[k], events.classes[static_cast<std::size_t>(c)]});
  }
  return heard;
}

result<void> write_set(const std::filesystem::path& folder, const std::vector<listed_mixture>& list,
                       const event_sounds& events, const std::vector<sound>& scenes, double snr) {
  std::string classes = "label\n", weak = "filename\tevent_labels\n", fold_of = "filename\tfold\n";
  for (const std::string& c : events.classes) classes += c + '\n';
  std::vector<annotated_file> strong;
  for (std::size_t g = 0; g < list.size(); ++g) {
    auto heard = write_clip(folder / "audio" / name_of(g), list[g], events, scenes, snr);
    if (!heard) return heard.error();
    std::vector<std::string> labels;
    for (const event& e : *heard)
      if (std::find(labels.begin(), labels.end(), e.label) == labels.end()) labels.push_back(e.label);
    weak += name_of(g) + '\t';
    for (std::size_t k = 0; k < labels.size(); ++k) weak += (k ? "," : "") + labels[k];
    weak += '\n';
    fold_of += name_of(g) + '\t' + std::to_string(list[g].fold + 1) + '\n';
    strong.push_back({name_of(g), std::move(*heard)});
  }
  for (const auto& [name, text] :
       {std::pair("classes.tsv", &classes), std::pair("weak.tsv", &weak), std::pair("folds.tsv", &fold_of)})
    if (auto ok = write_file(folder / name, *text); !ok) return ok;
  return write_annotation(folder / "strong.tsv", strong);
}

}  // namespace

result<void> generate(const generate_command& o) {
  if (o.clips < folds || o.clips % folds != 0)
    return error{"bad number of clips", "--clips", message::of("a multiple of ", folds), message::of(o.clips)};
  result<event_sounds> events =
      o.events.empty() ? synthetic_events(o.classes, o.recordings, o.seed) : recorded_events(o.events);
  if (!events) return events.error();
  result<std::vector<sound>> scenes = o.white_noise      ? white_noise(o.clips, o.seed)
                                      : o.scenes.empty() ? synthetic_scenes(o.clips, o.seed)
                                                         : recorded_scenes(o.scenes);
  if (!scenes) return scenes.error();
  const auto fold_of = shuffled_folds(static_cast<idx>(events->recordings.size()), folds, o.seed);
  if (!fold_of) return fold_of.error();
  const auto list = list_mixtures(*fold_of, static_cast<idx>(scenes->size()),
                                  {.folds = folds, .clips = o.clips / folds, .seed = o.seed});
  if (!list) return list.error();
  if (auto ok = write_whole_folder(
          o.data,
          [&](const std::filesystem::path& beside) { return write_set(beside, *list, *events, *scenes, o.snr); });
      !ok)
    return ok;
  std::printf("wrote %td clips of %g s, events of %td classes %g dB over the scene, to %s\n", o.clips, seconds,
              static_cast<idx>(events->classes.size()), o.snr, o.data.c_str());
  return {};
}

}  // namespace weak_labels
