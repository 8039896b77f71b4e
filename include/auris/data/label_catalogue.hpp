#pragma once
#include <algorithm>
#include <auris/data/maestro_labels.hpp>
#include <auris/io/problems.hpp>
#include <auris/io/table.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace auris {

/// A scene of a data set: the prefix of its files' names, and the index of its environment.
struct scene_label {
  std::string name;
  idx environment;
};

/// The names that a data set uses, in index order: event classes, those of them with hard labels, scenes, environments.
///
///     const label_catalogue labels = maestro_catalogue();              // 17 classes, 11 hard, 5 scenes
///     const idx car = labels.class_index("car");                       // 1; dyn where there is no such class
struct label_catalogue {
  std::vector<std::string> classes;
  std::vector<idx> hard;  ///< indices of the classes that the hard ground truth and the metrics are about
  std::vector<scene_label> scenes;
  std::vector<std::string> environments;

  idx class_index(std::string_view name) const {
    const auto at = std::find(classes.begin(), classes.end(), name);
    return at == classes.end() ? dyn : static_cast<idx>(at - classes.begin());
  }
  bool is_hard(idx class_index) const { return std::find(hard.begin(), hard.end(), class_index) != hard.end(); }
  /// The scene of a file `<scene>_<NN>`; dyn where the name has none of the scenes before its last underscore.
  idx scene_of(std::string_view file) const {
    const auto underscore = file.rfind('_');
    if (underscore == file.npos) return dyn;
    for (std::size_t s = 0; s < scenes.size(); ++s)
      if (scenes[s].name == file.substr(0, underscore)) return static_cast<idx>(s);
    return dyn;
  }
};

/// MAESTRO's classes, scenes and environments.
inline label_catalogue maestro_catalogue() {
  label_catalogue labels;
  labels.classes.assign(maestro_classes.begin(), maestro_classes.end());
  labels.hard.assign(maestro_hard_classes.begin(), maestro_hard_classes.end());
  for (const maestro_scene& s : maestro_scenes) labels.scenes.push_back({std::string(s.name), s.environment});
  labels.environments.assign(maestro_environments.begin(), maestro_environments.end());
  return labels;
}

/// Reads the classes of a data set that brings its own: tab separated, header `label<TAB>hard`, one class a line in
/// index order, hard 1 where the class has hard labels, else 0.
///
/// Errors  no such file; a line with other fields; a class twice; no class. All of them are listed.
inline result<void> read_classes(const std::filesystem::path& path, label_catalogue& labels) {
  auto rows = read_table(path, '\t');
  if (!rows) return rows.error();
  detail::problem_list problems;
  std::vector<std::string> classes;
  std::vector<idx> hard;
  for (const table_row& row : *rows) {
    const auto& f = row.fields;
    if (row.line == 1 && f[0] == "label") continue;
    if (f.size() != 2 || f[0].empty() || (f[1] != "0" && f[1] != "1"))
      problems.add(path, row.line, "expected a label, a tab, and 0 or 1");
    else if (std::find(classes.begin(), classes.end(), f[0]) != classes.end())
      problems.add(path, row.line, "the label " + detail::in_quotes(f[0]) + " occurs twice");
    else {
      if (f[1] == "1") hard.push_back(static_cast<idx>(classes.size()));
      classes.push_back(f[0]);
    }
  }
  if (problems.empty() && classes.empty()) problems.add("it has no class");
  if (!problems.empty()) return problems.error("bad class list", path);
  labels.classes = std::move(classes);
  labels.hard = std::move(hard);
  return {};
}

/// Reads the scenes of a data set that brings its own: tab separated, header `scene<TAB>environment`, one scene a line
/// in index order. The environments get their indices in alphabetical order: indoor 0, outdoor 1.
///
/// Errors  no such file; a line with other fields; a scene twice; no scene. All of them are listed.
inline result<void> read_scenes(const std::filesystem::path& path, label_catalogue& labels) {
  auto rows = read_table(path, '\t');
  if (!rows) return rows.error();
  detail::problem_list problems;
  std::vector<std::string> names, places, environments;
  for (const table_row& row : *rows) {
    const auto& f = row.fields;
    if (row.line == 1 && f[0] == "scene") continue;
    if (f.size() != 2 || f[0].empty() || f[1].empty())
      problems.add(path, row.line, "expected a scene, a tab, and an environment");
    else if (std::find(names.begin(), names.end(), f[0]) != names.end())
      problems.add(path, row.line, "the scene " + detail::in_quotes(f[0]) + " occurs twice");
    else
      names.push_back(f[0]), places.push_back(f[1]);
  }
  if (problems.empty() && names.empty()) problems.add("it has no scene");
  if (!problems.empty()) return problems.error("bad scene list", path);
  environments = places;
  std::sort(environments.begin(), environments.end());
  environments.erase(std::unique(environments.begin(), environments.end()), environments.end());
  labels.scenes.clear();
  for (std::size_t s = 0; s < names.size(); ++s)
    labels.scenes.push_back(
        {names[s], std::lower_bound(environments.begin(), environments.end(), places[s]) - environments.begin()});
  labels.environments = std::move(environments);
  return {};
}

/// Writes what `read_classes` and `read_scenes` read.
inline result<void> write_catalogue(const std::filesystem::path& classes, const std::filesystem::path& scenes,
                                    const label_catalogue& labels) {
  std::string text = "label\thard\n";
  for (std::size_t c = 0; c < labels.classes.size(); ++c)
    text += labels.classes[c] + (labels.is_hard(static_cast<idx>(c)) ? "\t1\n" : "\t0\n");
  if (auto done = write_file(classes, text); !done) return done;
  text = "scene\tenvironment\n";
  for (const scene_label& s : labels.scenes)
    text += s.name + '\t' + labels.environments[static_cast<std::size_t>(s.environment)] + '\n';
  return write_file(scenes, text);
}

}  // namespace auris
