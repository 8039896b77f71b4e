#pragma once
#include <algorithm>
#include <auris/io/table.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace auris {

/// A recording of an acoustic scene.
struct scene_clip {
  std::string file;   ///< as it is written: "audio/airport-barcelona-0-0-a.wav"
  std::string scene;  ///< empty where neither column nor file name tells it

  bool operator==(const scene_clip&) const = default;
};

/// A list of recordings of scenes from text: a header that names `filename` and perhaps `scene_label` beside other columns, tabs
/// between; then a row a recording. Where there is no label column the scene is the part of the file's name before the first
/// hyphen. `meta.csv`, `fold1_train.csv`, `fold1_evaluate.csv` and `fold1_test.csv` of the set are all of this form.
///
/// Errors  name file (`path`, for messages only) and line: no such header, a row of another number of fields, a field that is
///         empty, a file twice.
/// Source  TAU Urban Acoustic Scenes 2020 Mobile (DCASE 2020 task 1a)
///
///     const auto clips = parse_scene_list("filename\tscene_label\naudio/bus-lyon-1-2-a.wav\tbus\n", "meta.csv").value();
///     const std::string scene = clips[0].scene;                        // "bus"
inline result<std::vector<scene_clip>> parse_scene_list(std::string_view content, const std::filesystem::path& path) {
  const std::vector<table_row> rows = parse_table(content, '\t');
  if (rows.empty()) return error{"no header", path.c_str(), "filename, scene_label"};
  const std::vector<std::string>& header = rows[0].fields;
  const auto column = [&](std::string_view name) {
    return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
  };
  const std::size_t file = column("filename"), label = column("scene_label");
  if (file == header.size())
    return error{"bad header of a list of scenes", message::of(path, ", line ", rows[0].line), "filename, scene_label"};
  std::vector<scene_clip> clips;
  std::vector<std::string_view> seen;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    const auto problem = [&](const char* what, const message& expected, const message& got) {
      return error{what, message::of(path, ", line ", rows[r].line), expected, got};
    };
    const std::vector<std::string>& f = rows[r].fields;
    if (f.size() != header.size())
      return problem("bad row of a list of scenes", message::of(header.size(), " fields"), message::of(f.size()));
    const std::string_view name = std::string_view(f[file]).substr(f[file].rfind('/') + 1);
    const auto hyphen = name.find('-');
    const std::string_view spelled = hyphen == name.npos ? std::string_view{} : name.substr(0, hyphen);
    clips.push_back({f[file], label < header.size() ? f[label] : std::string(spelled)});
    if (name.empty() || (label < header.size() && f[label].empty()))
      return problem("bad row of a list of scenes", "a file and its scene", "an empty field");
    seen.push_back(f[file]);
  }
  std::sort(seen.begin(), seen.end());
  if (const auto twice = std::adjacent_find(seen.begin(), seen.end()); twice != seen.end())
    return error{"file named twice", path.c_str(), "each file once",
                 message::of("'", std::string(twice->substr(0, 60)), "'")};
  return clips;
}

/// The list in a file: see `parse_scene_list`.
///
///     const auto clips = read_scene_list("evaluation_setup/fold1_train.csv");      // or an error that names the line
inline result<std::vector<scene_clip>> read_scene_list(const std::filesystem::path& path) {
  const auto content = read_file(path);
  if (!content) return content.error();
  return parse_scene_list(*content, path);
}

/// The scenes of a list in the order of first appearance: the classes of the set, where the list is `meta.csv`.
///
///     const std::vector<scene_clip> clips{{"b-1.wav", "bus"}, {"a-1.wav", "airport"}, {"b-2.wav", "bus"}};
///     const std::vector<std::string> classes = scenes_of(clips);       // bus, airport
inline std::vector<std::string> scenes_of(const std::vector<scene_clip>& clips) {
  std::vector<std::string> names;
  for (const scene_clip& c : clips)
    if (!c.scene.empty() && std::find(names.begin(), names.end(), c.scene) == names.end()) names.push_back(c.scene);
  return names;
}

}  // namespace auris
