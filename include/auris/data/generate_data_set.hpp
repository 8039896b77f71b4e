#pragma once
#include <algorithm>
#include <auris/audio/sound_file.hpp>
#include <auris/data/soundscape_generator.hpp>
#include <auris/io/file.hpp>
#include <auris/io/whole_folder.hpp>
#include <filesystem>
#include <string>
#include <vector>

namespace auris {
namespace detail {

/// One fold, 1 to folds: clips of group fold - 1 are its test, those of the next group its validation, the others its
/// training files.
inline std::string fold_part(idx of_group, idx fold, idx folds) {
  return of_group == fold - 1 ? "test" : of_group == fold % folds ? "val" : "train";
}

inline result<void> write_data_set(const std::filesystem::path& folder, const soundscape_generator& generator) {
  const soundscape_options& o = generator.options();
  const idx scenes = static_cast<idx>(o.scenes.size());
  std::string list = "filename\n", durations = "filename\tduration\n", truth = "filename\tonset\toffset\tevent_label\n",
              strong = truth;
  std::vector<std::vector<std::string>> folds(static_cast<std::size_t>(o.folds), {list, list, list});
  const auto add_line = [&](std::string& table, const soundscape& clip, double onset, double offset, idx class_index) {
    table += clip.name + ".wav\t" + decimal(onset) + '\t' + decimal(offset) + '\t' +
             generator.labels().classes[static_cast<std::size_t>(class_index)] + '\n';
  };
  for (idx scene = 0; scene < scenes; ++scene)
    for (idx index = scene; index < o.clips; index += scenes) {
      auto clip = generator.clip(index);
      if (!clip) return clip.error();
      const std::string& place = o.scenes[static_cast<std::size_t>(scene)].name;
      const auto sound = folder / "development_audio" / place / (clip->name + ".wav");
      if (auto done = write_sound_file(sound, clip->samples, o.rate); !done) return done;
      const auto labels = folder / "development_annotation" / ("soft_labels_" + clip->name + ".txt");
      if (auto done = write_soft_labels(labels, clip->soft, generator.labels().classes); !done) return done;
      const std::string listed = place + '/' + clip->name + '\n';
      list += listed;
      durations += clip->name + '\t' + std::to_string(o.seconds) + '\n';
      for (const hard_label& l : clip->hard) add_line(truth, *clip, l.onset, l.offset, l.class_index);
      for (const sound_event& e : clip->events) add_line(strong, *clip, e.onset, e.offset, e.class_index);
      for (idx k = 1; k <= o.folds; ++k) {
        const std::string part = fold_part(generator.group(index), k, o.folds);
        folds[static_cast<std::size_t>(k - 1)][part == "train" ? 0 : part == "val" ? 1 : 2] += listed;
      }
    }
  std::vector<std::pair<std::string, const std::string*>> tables{{"metadata/development_metadata.csv", &durations},
                                                                 {"metadata/gt_dev.csv", &truth},
                                                                 {"metadata/strong_labels.csv", &strong},
                                                                 {"development_split.csv", &list}};
  const char* parts[]{"train", "val", "test"};
  for (std::size_t k = 0; k < folds.size(); ++k)
    for (std::size_t p = 0; p < 3; ++p)
      tables.emplace_back("development_folds/fold" + std::to_string(k + 1) + '_' + parts[p] + ".csv", &folds[k][p]);
  for (const auto& [name, text] : tables)
    if (auto done = write_file(folder / name, *text); !done) return done;
  return write_catalogue(folder / "metadata" / "classes.csv", folder / "metadata" / "scenes.csv", generator.labels());
}

}  // namespace detail

/// Writes a data set of generated soundscapes in MAESTRO's layout, as `open_maestro` reads it:
///
///     // development_audio/<scene>/<scene>_<NN>.wav                    16 bits, one channel
///     // development_annotation/soft_labels_<scene>_<NN>.txt           the classes of the scene, second by second
///     // development_split.csv, development_folds/fold<k>_{train,val,test}.csv
///     // metadata/development_metadata.csv, gt_dev.csv                 durations, hard labels by second
///     // metadata/strong_labels.csv                                    the events as they were mixed in
///     // metadata/classes.csv, scenes.csv                              names in index order
///
/// Clip number n of each scene is tested in fold n mod folds + 1 and validates the fold before that one (the last, for
/// fold 1), so that every scene is in every part of every fold, and recordings are not shared between parts. The folder
/// is written beside and renamed: it is there whole, or not at all.
///
/// Memory  one clip, the tables, the recordings.
/// Errors  options that contradict themselves; recordings that cannot be used; the folder exists and is not empty, or
///         cannot be written.
///
///     soundscape_options options;
///     options.clips = 25, options.seconds = 2, options.rate = 16000;
///     generate_data_set("soundscapes", options).value();
///     const maestro_data_set set = open_maestro("soundscapes").value();
inline result<void> generate_data_set(const std::filesystem::path& folder, const soundscape_options& options = {}) {
  return write_whole_folder(folder, [&](const std::filesystem::path& beside) -> result<void> {
    auto generator = soundscape_generator::create(options);
    if (!generator) return generator.error();
    return detail::write_data_set(beside, *generator);
  });
}

}  // namespace auris
