#include <algorithm>
#include <auris/data/generate_data_set.hpp>
#include <cstdio>

#include "commands.hpp"

using namespace auris;

namespace soft_label {

namespace {

std::vector<std::filesystem::path> folders_in(const std::filesystem::path& parent) {
  std::vector<std::filesystem::path> folders;
  std::error_code problem;
  for (const auto& entry : std::filesystem::directory_iterator(parent, problem))
    if (entry.is_directory()) folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  return folders;
}

}  // namespace

result<void> generate(const generate_options& o) {
  soundscape_options s;
  s.clips = o.clips, s.seconds = o.seconds, s.seed = o.seed;
  // Labels that are exactly zero for the classes of other scenes let the weighted soft label loss raise them without penalty.
  s.doubt_everywhere = true;
  if (!o.events.empty()) {
    s.classes.clear();
    for (const auto& folder : folders_in(o.events)) s.classes.push_back({folder.filename().string(), true, folder});
    if (s.classes.empty()) return error{"no folders of recordings", o.events.c_str()};
    for (auto& scene : s.scenes) {
      scene.events.clear();
      for (const auto& c : s.classes) scene.events.push_back(c.name);
    }
  }
  if (!o.scenes.empty()) {
    std::vector<std::string> all;
    for (const auto& c : s.classes) all.push_back(c.name);
    s.scenes.clear();
    for (const auto& folder : folders_in(o.scenes))
      s.scenes.push_back({folder.filename().string(), "outdoor", all, folder});
    if (s.scenes.empty()) return error{"no folders of backgrounds", o.scenes.c_str()};
  }
  if (auto ok = generate_data_set(o.data, s); !ok) return ok;
  std::printf("wrote %td clips of %td s to %s\n", s.clips, s.seconds, o.data.c_str());
  return {};
}

}  // namespace soft_label
