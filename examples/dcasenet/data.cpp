#include "data.hpp"

#include <algorithm>
#include <auris/audio/front_end.hpp>
#include <auris/audio/presets.hpp>
#include <auris/audio/sound_file.hpp>
#include <auris/audio/sound_files.hpp>
#include <auris/backend/cpu.hpp>
#include <auris/data/frame_labels.hpp>
#include <auris/data/k_fold.hpp>
#include <auris/data/scene_lists.hpp>
#include <auris/data/standardise.hpp>
#include <map>

#include "for_files.hpp"

using namespace auris;

namespace dcasenet {

namespace {

result<sound_set> read_scenes(const std::filesystem::path& folder, double gigabytes, executor& threads) {
  const auto all = read_scene_list(folder / "meta.csv");
  if (!all) return all.error();
  sound_set set;
  set.classes = scenes_of(*all);
  std::vector<std::filesystem::path> files;
  for (const auto& [list, part] :
       {std::pair("fold1_train.csv", &set.train), std::pair("fold1_evaluate.csv", &set.test)}) {
    const auto path = folder / "evaluation_setup" / list;
    const auto clips = read_scene_list(path);
    if (!clips) return clips.error();
    if (clips->empty()) return error{"an empty list", path.c_str()};
    for (const scene_clip& c : *clips) {
      const auto at = std::find(set.classes.begin(), set.classes.end(), c.scene);
      if (at == set.classes.end())
        return error{"unknown scene", path.c_str(), "one of meta.csv", message::of("'", c.scene, "' of ", c.file)};
      part->push_back(static_cast<idx>(files.size()));
      files.push_back(folder / c.file);
      set.labels.resize(files.size() * set.classes.size());
      set.labels[(files.size() - 1) * set.classes.size() + static_cast<std::size_t>(at - set.classes.begin())] = 1;
    }
  }
  auto sounds = sound_store::read(std::move(files), gigabytes, "scenes", threads);
  if (!sounds) return sounds.error();
  set.sounds = std::move(*sounds);
  for (std::size_t i = 0; i < set.sounds.files().size(); ++i)
    if (set.sounds.samples(i) < crop_samples)
      return error{"the recording is too short", set.sounds.files()[i].c_str(),
                   message::of("more than ", crop_samples / sample_rate, " s")};
  return set;
}

result<sound_set> read_tags(const std::filesystem::path& folder, tag_match match, double gigabytes, executor& threads) {
  auto classes = read_tag_classes(folder / "sample_submission.csv");
  if (!classes) return classes.error();
  const auto clips = read_tag_list(folder / "train_curated.csv");
  if (!clips) return clips.error();
  sound_set set;
  set.classes = std::move(*classes);
  std::vector<std::filesystem::path> files;
  for (const tagged_clip& c : *clips) {
    const auto row = tag_row(c.labels, set.classes, match);
    if (!row) {
      error e = row.error();
      e.where = message::of(folder / "train_curated.csv", ", ", c.file);
      return e;
    }
    files.push_back(folder / "train_curated" / c.file);
    set.labels.insert(set.labels.end(), row->begin(), row->end());
  }
  auto splits = shuffled_k_fold(static_cast<idx>(clips->size()), 5, 42);
  if (!splits) return splits.error();
  set.train = std::move((*splits)[0].train), set.test = std::move((*splits)[0].test);
  auto sounds = sound_store::read(std::move(files), gigabytes, "tags", threads);
  if (!sounds) return sounds.error();
  set.sounds = std::move(*sounds);
  return set;
}

result<void> read_recording(event_recording& r, const std::filesystem::path& labels, const feature_maker& features) {
  const auto channels = read_sound_channels(r.file, {.rate = sample_rate});
  if (!channels) return channels.error();
  for (const recording& channel : *channels) {
    auto made = features(pre_emphasised(channel.samples));
    if (!made) {
      error e = made.error();
      e.where = message::of(r.file, ", ", e.where);
      return e;
    }
    r.channels.push_back(std::move(*made));
  }
  r.label_frames = r.channels.front().frames / frames_of_label;
  const auto list = read_frame_labels(labels);
  if (!list) return list.error();
  auto active = frame_activity(*list, r.label_frames, static_cast<idx>(task_3_classes.size()));
  if (!active) {
    error e = active.error();
    e.where = message::of(labels, ", ", e.where);
    return e;
  }
  r.labels = std::move(*active);
  return {};
}

result<event_set> read_events(const std::filesystem::path& folder, executor& threads) {
  event_set set;
  set.classes.assign(task_3_classes.begin(), task_3_classes.end());
  const auto files = sound_files_in(folder / "mic_dev", false);
  if (!files) return files.error();
  std::vector<std::filesystem::path> used;
  for (const auto& file : *files) {
    const int fold = fold_of_mixture(file.filename().string());
    if (fold != 1 && !(fold >= 3 && fold <= 6)) continue;
    (fold == 1 ? set.test : set.train).push_back(static_cast<idx>(used.size()));
    used.push_back(file);
    set.recordings.emplace_back();
    set.recordings.back().file = file;
  }
  if (set.train.empty() || set.test.empty())
    return error{"too few recordings", (folder / "mic_dev").c_str(), "some of fold 1 and of folds 3 to 6"};
  const auto features = feature_maker::create();
  if (!features) return features.error();
  if (auto ok = for_files(threads, "events", used,
                          [&](std::size_t i) {
                            const auto labels = folder / "metadata_dev" / (used[i].stem().string() + ".csv");
                            return read_recording(set.recordings[i], labels, *features);
                          });
      !ok)
    return ok.error();
  return set;
}

}  // namespace

result<data_sets> read_sets(const std::filesystem::path& data, task_set tasks, tag_match match, double sound_gigabytes,
                            executor& threads) {
  std::error_code problem;
  if (!std::filesystem::is_directory(data, problem)) return error{"no such folder", data.c_str()};
  data_sets sets;
  if (tasks[task::asc]) {
    auto set = read_scenes(data / "asc", sound_gigabytes, threads);
    if (!set) return set.error();
    sets.asc = std::move(*set);
  }
  if (tasks[task::tag]) {
    auto set = read_tags(data / "tag", match, sound_gigabytes, threads);
    if (!set) return set.error();
    sets.tag = std::move(*set);
  }
  if (tasks[task::sed]) {
    auto set = read_events(data / "sed", threads);
    if (!set) return set.error();
    sets.sed = std::move(*set);
  }
  return sets;
}

struct feature_maker::parts {
  front_end<cpu> mels;
};
feature_maker::feature_maker(std::unique_ptr<parts> p) : parts_(std::move(p)) {}
feature_maker::feature_maker(feature_maker&&) noexcept = default;
feature_maker::~feature_maker() = default;

result<feature_maker> feature_maker::create() {
  front_end_options options = preset::dcasenet_log_mel;
  options.pre_emphasis = 0;  // sounds have it already: crops begin anywhere in them
  auto mels = front_end<cpu>::create(options);
  if (!mels) return mels.error();
  return feature_maker(std::make_unique<parts>(parts{std::move(*mels)}));
}

result<frame_matrix> feature_maker::operator()(std::span<const float> x) const {
  auto made = parts_->mels.run(x);
  if (!made) return made.error();
  frame_matrix m;
  m.frames = made->frames, m.width = made->bands, m.values = std::move(made->values);
  if (auto ok = standardise_clip(m.values, m.width); !ok) return ok.error();
  return m;
}

sound doubled(std::span<const float> x, idx samples) {
  sound y(x.begin(), x.end());
  while (!y.empty() && static_cast<idx>(y.size()) < samples) {
    const std::size_t once = y.size();
    y.resize(2 * once);
    std::copy_n(y.begin(), once, y.begin() + static_cast<std::ptrdiff_t>(once));
  }
  return y;
}

frame_matrix doubled(frame_matrix m, idx frames) {
  while (m.frames > 0 && m.frames < frames) {
    const std::size_t once = m.values.size();
    m.values.resize(2 * once);
    std::copy_n(m.values.begin(), once, m.values.begin() + static_cast<std::ptrdiff_t>(once));
    m.frames *= 2;
  }
  return m;
}

}  // namespace dcasenet
