// The sounds that clips are mixed of: recordings of events by class, and scenes.
#pragma once
#include <auris/core/result.hpp>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace weak_labels {

inline constexpr int rate = 32000;     ///< samples per second
inline constexpr double seconds = 10;  ///< of a clip

/// A sound that is made or read when it is needed.
struct sound {
  std::string name;
  std::function<auris::result<std::vector<float>>()> make;
};

/// Recordings of all classes.
struct event_sounds {
  std::vector<std::string> classes;
  std::vector<auris::idx> class_of;  ///< by recording
  std::vector<sound> recordings;
};

/// Synthetic: each class has a timbre, each recording of it a length of 0.5 to 4 s and a pitch of its own.
event_sounds synthetic_events(auris::idx classes, auris::idx of_each, std::uint64_t seed);
std::vector<sound> synthetic_scenes(auris::idx count, std::uint64_t seed);
/// Uniform in [0, 1), as the published code has it.
std::vector<sound> white_noise(auris::idx count, std::uint64_t seed);

/// A folder of recordings for each class, in the order of their names.
auris::result<event_sounds> recorded_events(const std::filesystem::path& parent);
/// The recordings below a folder.
auris::result<std::vector<sound>> recordings_in(const std::filesystem::path& folder);

}  // namespace weak_labels
