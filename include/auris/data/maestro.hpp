#pragma once
#include <algorithm>
#include <auris/data/hard_labels.hpp>
#include <auris/data/label_catalogue.hpp>
#include <auris/data/maestro_folder.hpp>
#include <auris/data/maestro_tables.hpp>
#include <auris/data/soft_labels.hpp>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace auris {

/// A recording of a MAESTRO data set with everything that is known of it.
struct maestro_clip {
  std::string name;  ///< `<scene>_<NN>`
  std::filesystem::path audio;
  idx scene = 0, environment = 0;
  double seconds = 0;            ///< as the metadata say; 0 where there are none
  std::vector<soft_label> soft;  ///< one for each class and second that has a line
  std::vector<hard_label> hard;  ///< active classes, second by second; adjacent seconds are not merged
};

/// A fold of the cross-validation: indices of clips, in the order of its files.
struct clip_split {
  std::vector<idx> train, validation, test;
};

/// A MAESTRO data set: its names, its clips in the order of its file list, its folds.
struct maestro_data_set {
  label_catalogue labels;
  std::vector<maestro_clip> clips;
  std::vector<clip_split> folds;
};

namespace detail {

/// Puts the names of a fold into indices and sees to it that train, validation and test part the clips.
inline clip_split split_clips(const file_split& names, const std::string& where, const std::vector<maestro_clip>& clips,
                              problem_list& problems) {
  std::map<std::string, idx> places;
  for (std::size_t i = 0; i < clips.size(); ++i) places[clips[i].name] = static_cast<idx>(i);
  std::vector<int> seen(clips.size());
  const auto indices = [&](const std::vector<std::string>& part) {
    std::vector<idx> out;
    for (const std::string& name : part) {
      const auto at = places.find(name);
      if (at == places.end()) {
        problems.add(where + ": the file " + in_quotes(name) + " is not in the file list");
        continue;
      }
      out.push_back(at->second);
      ++seen[static_cast<std::size_t>(at->second)];
    }
    return out;
  };
  clip_split split{indices(names.train), indices(names.validation), indices(names.test)};
  for (std::size_t i = 0; i < clips.size(); ++i)
    if (seen[i] != 1)
      problems.add(where + ": the file '" + clips[i].name +
                   (seen[i] ? "' is in more than one of train, val and test" : "' is in none of train, val and test"));
  return split;
}

}  // namespace detail

/// Opens a data set in MAESTRO's layout, wherever in the folder its parts lie.
///
/// Found recursively: audio `<scene>_<NN>.wav`; soft labels `soft_labels_<scene>_<NN>.txt`, or `<scene>_<NN>.txt` below
/// a folder whose name begins with `soft_labels`; `development_split.csv`; `fold<k>_{train,val,test}.csv`;
/// `development_metadata.csv`; `gt_dev.csv`; and, for sets with names of their own, `classes.csv` and `scenes.csv` in a
/// folder `metadata`. What is absent is replaced: the names and folds by MAESTRO's, the file list by the files of the
/// first fold, the durations by 0, the hard labels by the soft ones above 0.5 of the hard classes. Lists may have
/// slashes or backslashes, and Windows line ends. Metadata and hard labels of files that are not in the list are left
/// out, so that a shorter list makes a smaller set.
///
/// Memory  the labels; no audio is read.
/// Errors  everything that is missing or broken, all at once: audio or labels of a listed file, a file found twice,
///         broken lines with file and line, values outside of [0, 1], unknown labels and scenes, folds that do not part
///         the files.
/// Source  MAESTRO Real; DCASE 2023 task 4B.
///
///     const result<maestro_data_set> set = open_maestro("maestro_real");
///     if (!set) std::puts(set.error().text().c_str());
inline result<maestro_data_set> open_maestro(const std::filesystem::path& folder) {
  auto index = detail::folder_index::of(folder);
  if (!index) return index.error();
  maestro_data_set set{maestro_catalogue(), {}, {}};
  detail::problem_list problems;
  const auto note = [&](const result<void>& r) {
    if (!r) problems.add(r.error().text().c_str());
  };
  if (const auto path = index->find("classes.csv", "metadata", problems)) note(read_classes(*path, set.labels));
  if (const auto path = index->find("scenes.csv", "metadata", problems)) note(read_scenes(*path, set.labels));

  std::vector<detail::named_split> folds = detail::find_folds(*index, problems);
  std::vector<std::string> names;
  if (const auto list = index->find("development_split.csv", {}, problems))
    names = detail::read_file_list(*list, problems);
  else if (!folds.empty())
    for (const auto* part : {&folds[0].files.train, &folds[0].files.validation, &folds[0].files.test})
      names.insert(names.end(), part->begin(), part->end());
  if (names.empty()) problems.add("the list of files is empty");
  std::vector<std::string> sorted = names;
  std::ranges::sort(sorted);
  for (std::size_t i = 1; i < sorted.size(); ++i)
    if (sorted[i] == sorted[i - 1]) problems.add("the file " + detail::in_quotes(sorted[i]) + " is listed twice");

  for (const std::string& name : names) {
    maestro_clip clip;
    clip.name = name;
    clip.scene = set.labels.scene_of(name);
    if (clip.scene == dyn)
      problems.add("the file " + detail::in_quotes(name) + " begins with no known scene");
    else
      clip.environment = set.labels.scenes[static_cast<std::size_t>(clip.scene)].environment;
    if (const auto audio = index->find(name + ".wav", {}, problems))
      clip.audio = *audio;
    else
      problems.add("no audio " + detail::in_quotes(name + ".wav"));
    if (const auto labels = index->find_labels(name, problems))
      detail::read_soft_labels(*labels, set.labels.classes, clip.soft, problems);
    else
      problems.add("no soft labels " + detail::in_quotes("soft_labels_" + name + ".txt"));
    set.clips.push_back(std::move(clip));
  }

  if (const auto path = index->find("development_metadata.csv", {}, problems)) {
    const auto durations = detail::read_durations(*path, problems);
    for (maestro_clip& clip : set.clips) {
      const auto at = durations.find(clip.name);
      if (at != durations.end())
        clip.seconds = at->second;
      else
        problems.add(path->string() + ": no duration of '" + clip.name + "'");
    }
  }
  if (const auto path = index->find("gt_dev.csv", {}, problems)) {
    auto truth = detail::read_hard_labels(*path, set.labels.classes, problems);
    for (maestro_clip& clip : set.clips)
      if (const auto at = truth.find(clip.name); at != truth.end()) clip.hard = std::move(at->second);
  } else {
    for (maestro_clip& clip : set.clips) clip.hard = hard_labels(clip.soft, set.labels.hard);
  }
  for (const detail::named_split& fold : folds)
    set.folds.push_back(detail::split_clips(fold.files, fold.where, set.clips, problems));
  if (!problems.empty()) return problems.error("the data set is not complete", folder);
  return set;
}

}  // namespace auris
