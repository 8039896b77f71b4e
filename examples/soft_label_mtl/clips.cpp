#include "clips.hpp"

#include <auris/audio/front_end.hpp>
#include <auris/audio/presets.hpp>
#include <auris/audio/sound_file.hpp>
#include <auris/backend/cpu.hpp>

using namespace auris;

namespace soft_label {

result<recording_features> read_features(const std::filesystem::path& audio, const std::string& name) {
  const auto options = find_preset(name);
  if (!options) return options.error();
  // The baseline's own scaling of integer samples, for its own features.
  const integer_scale scale = name == "maestro_mel" ? integer_scale::maestro : integer_scale::power_of_two;
  const auto sound = read_sound_file(audio, {.scale = scale, .rate = options->rate});
  if (!sound) return sound.error();
  auto made = front_end<cpu>::create(*options);
  if (!made) return made.error();
  auto f = made->run(sound->samples);
  if (!f) {
    error e = f.error();
    e.where = message::of(audio, e.where.empty() ? "" : ": ", e.where);
    return e;
  }
  recording_features r{frame_matrix(f->frames, f->bands), sound->seconds()};
  r.values = std::move(f->values);
  return r;
}

result<prepared_fold> prepare_fold(const std::filesystem::path& data, int fold, const std::string& name) {
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
  for (const maestro_clip& clip : set->clips) {
    auto features = read_features(clip.audio, name);
    if (!features) return features.error();
    auto labels = soft_label_matrix(clip.soft, features->frames, classes, p.hop);
    if (!labels) return labels.error();
    p.clips.push_back({std::move(*features), std::move(*labels), clip.scene, clip.environment});
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
