#include "clips.hpp"

#include <auris/audio/feature_cache.hpp>
#include <auris/audio/presets.hpp>
#include <auris/backend/cpu.hpp>
#include <auris/backend/cpu/thread_pool.hpp>

using namespace auris;

namespace soft_label {

namespace {

recording_features recording_of(file_features f) {
  recording_features r{frame_matrix(f.frames, f.bands), f.seconds};
  r.values = std::move(f.values);
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

result<recording_features> read_features(const std::filesystem::path& audio, const std::string& name) {
  auto all = read_all({audio}, name, {}, calling_thread);
  if (!all) return all.error();
  return recording_of(std::move(all->front()));
}

result<prepared_fold> prepare_fold(const std::filesystem::path& data, int fold, const std::string& name,
                                   const feature_source& from) {
  const auto options = find_preset(name);
  if (!options) return options.error();
  auto set = open_maestro(data);
  if (!set) return set.error();
  if (fold < 1 || static_cast<std::size_t>(fold) > set->folds.size())
    return error{"no such fold", "--fold", message::of("1 to ", static_cast<idx>(set->folds.size())),
                 message::of(fold)};
  prepared_fold p;
  p.split = set->folds[static_cast<std::size_t>(fold - 1)];
  p.hop = static_cast<double>(options->hop) / options->rate;
  const idx classes = static_cast<idx>(set->labels.classes.size());
  std::vector<std::filesystem::path> files;
  for (const maestro_clip& clip : set->clips) files.push_back(clip.audio);
  thread_pool threads(from.threads);
  auto features = read_all(files, name, feature_cache(from.folder), threads);
  if (!features) return features.error();
  for (std::size_t i = 0; i < files.size(); ++i) {
    const maestro_clip& clip = set->clips[i];
    auto labels = soft_label_matrix(clip.soft, (*features)[i].frames, classes, p.hop);
    if (!labels) return labels.error();
    p.clips.push_back({recording_of(std::move((*features)[i])), std::move(*labels), clip.scene, clip.environment});
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
    return error{"the clips are too short for one sequence", {}, message::of(frames, " frames")};
  return set;
}

}  // namespace soft_label
