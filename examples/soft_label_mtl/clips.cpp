#include "clips.hpp"

#include <algorithm>
#include <auris/audio/feature_cache.hpp>
#include <auris/audio/presets.hpp>
#include <auris/backend/cpu.hpp>
#include <auris/backend/cpu/thread_pool.hpp>
#include <cmath>
#include <cstdio>

using namespace auris;

namespace soft_label {

namespace {

recording_features recording_of(file_features f, idx finer) {
  recording_features r{frame_matrix(f.frames, f.bands), f.seconds};
  r.values = std::move(f.values);
  const idx whole = (r.frames + finer - 1) / finer * finer;
  if (r.frames > 0 && r.frames < whole) {
    const std::vector<float> last(r.row(r.frames - 1).begin(), r.row(r.frames - 1).end());
    for (; r.frames < whole; ++r.frames) r.values.insert(r.values.end(), last.begin(), last.end());
  }
  return r;
}
result<std::vector<file_features>> read_all(const std::vector<std::filesystem::path>& audio, const std::string& name,
                                            const feature_cache& cache, executor& threads) {
  const auto options = find_preset(name);
  if (!options) return options.error();
  const auto made = front_end<cpu>::create(*options);
  if (!made) return made.error();
  // The baseline's own scaling of integer samples, for its own features.
  const integer_scale scale = name == "maestro_mel" ? integer_scale::maestro : integer_scale::power_of_two;
  return cache.get(*made, audio, {.scale = scale, .files = &threads, .progress = true});
}

}  // namespace

result<idx> features_per_frame(const std::string& name) {
  const auto options = find_preset(name);
  if (!options) return options.error();
  const double ratio = maestro_hop * options->rate / static_cast<double>(options->hop);
  const auto whole = static_cast<idx>(std::lround(ratio));
  if (whole < 1 || std::abs(ratio - static_cast<double>(whole)) > 1e-9)
    return error{"the front-end's frames do not fit the labels", name.c_str(), "a whole number of them in 200 ms"};
  return whole;
}

result<recording_features> read_features(const std::filesystem::path& audio, const std::string& name) {
  const auto finer = features_per_frame(name);
  if (!finer) return finer.error();
  auto all = read_all({audio}, name, {}, calling_thread);
  if (!all) return all.error();
  return recording_of(std::move(all->front()), *finer);
}

result<prepared_fold> prepare_fold(const std::filesystem::path& data, int fold, const std::string& name,
                                   const feature_source& from) {
  const auto finer = features_per_frame(name);
  if (!finer) return finer.error();
  auto set = open_maestro(data);
  if (!set) return set.error();
  if (fold < 1 || static_cast<std::size_t>(fold) > set->folds.size())
    return error{"no such fold", "--fold", message::of("1 to ", static_cast<idx>(set->folds.size())),
                 message::of(fold)};
  prepared_fold p;
  p.split = set->folds[static_cast<std::size_t>(fold - 1)];
  p.hop = maestro_hop;
  p.features_per_frame = *finer;
  const idx classes = static_cast<idx>(set->labels.classes.size());
  std::vector<std::filesystem::path> files;
  for (const maestro_clip& clip : set->clips) files.push_back(clip.audio);
  thread_pool threads(from.threads);
  auto features = read_all(files, name, feature_cache(from.folder), threads);
  if (!features) return features.error();
  for (std::size_t i = 0; i < files.size(); ++i) {
    const maestro_clip& clip = set->clips[i];
    recording_features of_clip = recording_of(std::move((*features)[i]), *finer);
    double end = 0;
    for (const auto& l : clip.soft) end = std::max(end, l.onset);
    if (end >= of_clip.seconds)
      std::fprintf(
          stderr,
          "warning: %s has %.1f s, but labels from %.1f s on: these are ignored; look whether the sound file is "
          "cut off, or the labels are another recording's\n",
          clip.audio.c_str(), of_clip.seconds, end);
    auto labels = soft_label_matrix(clip.soft, of_clip.frames / *finer, classes, p.hop);
    if (!labels) return labels.error();
    p.clips.push_back({std::move(of_clip), std::move(*labels), clip.scene, clip.environment});
  }
  p.set = std::move(*set);
  standardisation_fit fit;
  for (idx i : p.split.train)
    if (auto ok = fit.add(p.clips[static_cast<std::size_t>(i)].features); !ok) return ok.error();
  auto standard = fit.get();
  if (!standard) return standard.error();
  p.standard = std::move(*standard);
  return p;
}

result<void> standardise(prepared_fold& p, const standardisation& s) {
  for (labelled_clip& clip : p.clips)
    if (auto ok = s.apply(clip.features); !ok) return ok;
  return {};
}

result<sequence_set> sequences_of(const prepared_fold& p, const std::vector<idx>& clips, idx frames) {
  std::vector<labelled_clip> chosen;
  chosen.reserve(clips.size());
  for (idx i : clips) chosen.push_back(p.clips[static_cast<std::size_t>(i)]);
  auto set = cut_sequences(chosen, frames);
  if (set && set->count == 0)
    return error{"all clips together are shorter than one sequence: take a smaller one", "--frames",
                 message::of("fewer than ", frames)};
  return set;
}

}  // namespace soft_label
