#include "clips.hpp"

#include <algorithm>
#include <auris/audio/feature_cache.hpp>
#include <auris/audio/presets.hpp>
#include <auris/audio/sound_file.hpp>
#include <auris/backend/cpu.hpp>
#include <auris/backend/cpu/thread_pool.hpp>
#include <auris/data/weak_labels.hpp>
#include <auris/io/table.hpp>
#include <map>

using namespace auris;

namespace weak_labels {

namespace {

/// The rows of a table, without its header.
result<std::vector<table_row>> rows_of(const std::filesystem::path& file, const std::vector<std::string>& header) {
  auto rows = read_table(file, '\t');
  if (!rows) return rows.error();
  std::string names;
  for (const std::string& n : header) names += (names.empty() ? "" : ", ") + n;
  if (rows->empty() || rows->front().fields != header) return error{"bad header", file.c_str(), names.c_str()};
  rows->erase(rows->begin());
  for (const table_row& r : *rows)
    if (r.fields.size() != header.size()) return error{"bad row", message::of(file, ", line ", r.line), names.c_str()};
  return rows;
}

result<std::map<std::string, int>> read_folds(const std::filesystem::path& file) {
  const auto rows = rows_of(file, {"filename", "fold"});
  if (!rows) return rows.error();
  std::map<std::string, int> fold_of;
  for (const table_row& r : *rows) {
    const auto fold = parse_number(r.fields[1], file, r.line);
    if (!fold) return fold.error();
    if (*fold != 1 && *fold != 2 && *fold != 3 && *fold != 4)
      return error{"no such fold", message::of(file, ", line ", r.line), message::of("1 to ", folds),
                   r.fields[1].c_str()};
    if (!fold_of.emplace(r.fields[0], static_cast<int>(*fold)).second)
      return error{"a clip twice", message::of(file, ", line ", r.line), {}, r.fields[0].c_str()};
  }
  return fold_of;
}

result<recording> sound_of(const std::filesystem::path& file, heard what) {
  const sound_file_options options{.rate = preset::kong_log_mel.rate};
  if (what == heard::mixture) return read_sound_file(file, options);
  auto channels = read_sound_channels(file, options);
  if (!channels) return channels.error();
  if (channels->size() != 2)
    return error{"not a file of the mixer", file.c_str(), "events and scene in two channels",
                 message::of(channels->size())};
  for (float& v : channels->front().samples) v /= 2;  // as the mean of both has them
  return std::move(channels->front());
}

frame_matrix averaged(const features& all, const resolution& r) {
  frame_matrix to(all.frames / r.frames_each, all.bands / r.bands_each);
  for (idx t = 0; t < to.frames; ++t)
    for (idx b = 0; b < to.width; ++b) {
      double sum = 0;
      for (idx i = 0; i < r.frames_each; ++i)
        for (idx k = 0; k < r.bands_each; ++k)
          sum += static_cast<double>(all.frame(t * r.frames_each + i)[b * r.bands_each + k]);
      to.row(t)[static_cast<std::size_t>(b)] =
          static_cast<float>(sum / static_cast<double>(r.frames_each * r.bands_each));
    }
  return to;
}

}  // namespace

double hop_of(const resolution& r) {
  constexpr front_end_options o = preset::kong_log_mel;
  return static_cast<double>(r.frames_each * o.hop) / o.rate;
}

result<frame_matrix> read_features(const std::filesystem::path& file, const resolution& r, heard what) {
  const auto sound = sound_of(file, what);
  if (!sound) return sound.error();
  const auto mels = front_end<cpu>::create(preset::kong_log_mel);
  if (!mels) return mels.error();
  const auto all = mels->run(sound->samples);
  if (!all) {
    error e = all.error();
    e.where = message::of(file, e.where.empty() ? "" : ": ", e.where);
    return e;
  }
  return averaged(*all, r);
}

result<weak_set> read_set(const std::filesystem::path& data, const std::filesystem::path& features, int threads,
                          const resolution& wanted) {
  std::error_code problem;
  if (!std::filesystem::is_directory(data, problem)) return error{"no such folder", data.c_str()};
  weak_set set;
  const auto classes = rows_of(data / "classes.tsv", {"label"});
  if (!classes) return classes.error();
  for (const table_row& r : *classes) {
    if (r.fields[0].empty() || std::ranges::count(set.classes, r.fields[0]) > 0)
      return error{"bad class", message::of(data / "classes.tsv", ", line ", r.line), "a name that is not there yet"};
    set.classes.push_back(r.fields[0]);
  }
  if (set.classes.empty()) return error{"no classes", (data / "classes.tsv").c_str()};
  const auto fold_of = read_folds(data / "folds.tsv");
  if (!fold_of) return fold_of.error();
  const auto labels = read_weak_labels(data / "weak.tsv");
  if (!labels) return labels.error();
  std::vector<std::filesystem::path> files;
  for (const weakly_labelled_file& f : *labels) {
    const auto fold = fold_of->find(f.name);
    if (fold == fold_of->end()) return error{"a clip without a fold", (data / "folds.tsv").c_str(), f.name.c_str()};
    files.push_back(data / "audio" / f.name);
    weak_clip clip{files.back(), fold->second, std::vector<unsigned char>(set.classes.size()), {}};
    for (const std::string& label : f.labels) {
      const auto at = std::find(set.classes.begin(), set.classes.end(), label);
      if (at == set.classes.end())
        return error{"unknown class", (data / "weak.tsv").c_str(), "one of classes.tsv", label.c_str()};
      clip.classes[static_cast<std::size_t>(at - set.classes.begin())] = 1;
    }
    set.clips.push_back(std::move(clip));
  }
  const auto mels = front_end<cpu>::create(preset::kong_log_mel);
  if (!mels) return mels.error();
  thread_pool pool(threads);
  auto all = feature_cache(features).get(*mels, files, {.files = &pool, .progress = true});
  if (!all) return all.error();
  for (std::size_t i = 0; i < files.size(); ++i) set.clips[i].features = averaged((*all)[i], wanted);
  return set;
}

result<standardisation> standardisation_without(const weak_set& set, int fold) {
  standardisation_fit fit;
  for (const weak_clip& clip : set.clips)
    if (clip.fold != fold)
      if (auto ok = fit.add(clip.features); !ok) return ok.error();
  return fit.get();
}

result<clip_batch> clips_of(const weak_set& set, int fold, bool held_out, const standardisation& s) {
  clip_batch all;
  all.classes = static_cast<idx>(set.classes.size());
  for (const weak_clip& clip : set.clips) {
    if ((clip.fold == fold) != held_out) continue;
    frame_matrix x = clip.features;
    if (auto ok = s.apply(x); !ok) return ok.error();
    if (all.count == 0) all.frames = x.frames, all.bands = x.width;
    if (x.frames != all.frames)
      return error{"clips differ in length", clip.audio.c_str(), message::of(all.frames, " frames"),
                   message::of(x.frames)};
    all.features.insert(all.features.end(), x.values.begin(), x.values.end());
    all.labels.insert(all.labels.end(), clip.classes.begin(), clip.classes.end());
    ++all.count;
  }
  if (all.count == 0)
    return error{held_out ? "no clip in the fold" : "no clip outside of the fold", message::of("fold ", fold)};
  return all;
}

}  // namespace weak_labels
