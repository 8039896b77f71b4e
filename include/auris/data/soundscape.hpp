#pragma once
#include <auris/data/hard_labels.hpp>
#include <auris/data/maestro_labels.hpp>
#include <auris/data/soft_labels.hpp>
#include <filesystem>
#include <string>
#include <vector>

namespace auris {

/// An event class of generated soundscapes.
struct soundscape_class {
  std::string name;
  bool hard = true;                       ///< has hard labels, and counts in the metrics
  std::filesystem::path recordings = {};  ///< folder of its sounds; empty: the synthetic timbre of its index
};

/// A scene of generated soundscapes.
struct soundscape_scene {
  std::string name;  ///< prefix of its files' names
  std::string environment;
  std::vector<std::string> events;        ///< names of the classes that occur in it
  std::filesystem::path recordings = {};  ///< folder of its backgrounds; empty: the synthetic one of its index
};

/// MAESTRO's 17 classes and 5 scenes with synthetic sounds.
///
///     const auto classes = maestro_soundscape_classes();               // 17, 11 of them hard
inline std::vector<soundscape_class> maestro_soundscape_classes() {
  std::vector<soundscape_class> classes;
  classes.reserve(maestro_classes.size());
  for (std::string_view name : maestro_classes) classes.push_back({std::string(name), false});
  for (idx c : maestro_hard_classes) classes[static_cast<std::size_t>(c)].hard = true;
  return classes;
}
inline std::vector<soundscape_scene> maestro_soundscape_scenes() {
  std::vector<soundscape_scene> scenes;
  for (const maestro_scene& s : maestro_scenes) {
    soundscape_scene scene{
        std::string(s.name), std::string(maestro_environments[static_cast<std::size_t>(s.environment)]), {}};
    for (idx c : s.events) scene.events.emplace_back(maestro_classes[static_cast<std::size_t>(c)]);
    scenes.push_back(std::move(scene));
  }
  return scenes;
}

/// What a set of soundscapes is made of. The clips go round the scenes: clip i is of scene i mod scenes and has the
/// number i div scenes there.
struct soundscape_options {
  std::vector<soundscape_class> classes = maestro_soundscape_classes();
  std::vector<soundscape_scene> scenes = maestro_soundscape_scenes();
  idx clips = 30;
  idx seconds = 60;                   ///< of each clip
  idx folds = 5;                      ///< of the cross-validation, 3 or more; each scene needs as many clips
  int rate = 44100;                   ///< samples per second
  double snr_low = 6, snr_high = 15;  ///< dB: power of an event over power of the background
  idx annotators = 10;
  bool doubt_everywhere = false;  ///< classes of other scenes get small values as well; else they get exactly 0
  std::uint64_t seed = 1;
};

/// An event as it was mixed in.
struct sound_event {
  double onset, offset;  ///< seconds
  idx class_index;
  double snr;  ///< dB
};

/// A generated clip: its sound and everything that is known of it.
struct soundscape {
  std::string name;  ///< `<scene>_<NN>`
  int rate = 0;
  std::vector<float> samples;  ///< in [-1, 1]
  idx scene = 0;
  std::vector<sound_event> events;  ///< the strong labels, by class and onset
  std::vector<soft_label> soft;     ///< each class of the scene (or, with `doubt_everywhere`, each class), each second
  std::vector<hard_label> hard;     ///< soft values above 0.5 of the hard classes
};

}  // namespace auris
