#include <auris/data/generate_data_set.hpp>
#include <auris/io/folder.hpp>
#include <cstdio>

#include "commands.hpp"

using namespace auris;

namespace soft_label {

result<void> generate(const generate_options& o) {
  soundscape_options s;
  s.clips = o.clips, s.seconds = o.seconds, s.seed = o.seed;
  // Labels that are exactly zero for the classes of other scenes let the weighted soft label loss raise them without penalty.
  s.doubt_everywhere = true;
  if (!o.events.empty()) {
    const auto folders = folders_in(o.events);
    if (!folders) return folders.error();
    s.classes.clear();
    for (const auto& folder : *folders) s.classes.push_back({folder.filename().string(), true, folder});
    if (s.classes.empty()) return error{"no folders of recordings", o.events.c_str()};
    for (auto& scene : s.scenes) {
      scene.events.clear();
      for (const auto& c : s.classes) scene.events.push_back(c.name);
    }
  }
  if (!o.scenes.empty()) {
    std::vector<std::string> all;
    for (const auto& c : s.classes) all.push_back(c.name);
    const auto folders = folders_in(o.scenes);
    if (!folders) return folders.error();
    s.scenes.clear();
    for (const auto& folder : *folders) s.scenes.push_back({folder.filename().string(), "outdoor", all, folder});
    if (s.scenes.empty()) return error{"no folders of backgrounds", o.scenes.c_str()};
  }
  if (auto ok = generate_data_set(o.data, s); !ok) return ok;
  std::printf("wrote %td clips of %td s to %s\n", s.clips, s.seconds, o.data.c_str());
  return {};
}

}  // namespace soft_label
