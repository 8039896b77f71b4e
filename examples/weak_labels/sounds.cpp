#include "sounds.hpp"

#include <auris/audio/sound_file.hpp>
#include <auris/audio/sound_files.hpp>
#include <auris/data/background.hpp>
#include <auris/data/timbre.hpp>
#include <auris/io/folder.hpp>

using namespace auris;

namespace weak_labels {

namespace {

constexpr idx clip_samples = static_cast<idx>(seconds * rate);

/// Another seed for each use of one.
std::uint64_t seed_of(std::uint64_t seed, std::uint64_t use, idx number) {
  return random_key{seed, 0, use, 0}.bits(static_cast<std::uint64_t>(number));
}

result<std::vector<std::filesystem::path>> recordings_below(const std::filesystem::path& folder) {
  auto files = sound_files_in(folder, true);
  if (files && files->empty()) return error{"no recordings", folder.c_str(), "wav, flac, ogg or mp3 files"};
  return files;
}

sound recorded(std::filesystem::path file) {
  std::string name = file.string();
  return {std::move(name), [file = std::move(file)]() -> result<std::vector<float>> {
            auto r = read_sound_file(file, {.rate = rate});
            if (!r) return r.error();
            return std::move(r->samples);
          }};
}

}  // namespace

event_sounds synthetic_events(idx classes, idx of_each, std::uint64_t seed) {
  constexpr const char* kinds[]{"harmonic_tone", "noise_bursts", "rising_chirps",  "clicks",
                                "tremolo_noise", "beeps",        "swelling_noise", "falling_squeal"};
  event_sounds all;
  for (idx c = 0; c < classes; ++c) {
    const idx round = c / 8;
    all.classes.push_back(std::string(kinds[c % 8]) + (round > 0 ? "_" + std::to_string(round + 1) : ""));
    for (idx r = 0; r < of_each; ++r) {
      all.class_of.push_back(c);
      all.recordings.push_back(
          {all.classes.back(), [c, own = seed_of(seed, 1, c * of_each + r)]() -> result<std::vector<float>> {
             random_sequence random(own);
             return render_event(class_timbre(c), static_cast<idx>(random.uniform(0.5, 4) * rate), rate, own);
           }});
    }
  }
  return all;
}

std::vector<sound> synthetic_scenes(idx count, std::uint64_t seed) {
  std::vector<sound> all;
  for (idx i = 0; i < count; ++i)
    all.push_back({"synthetic scene", [i, own = seed_of(seed, 2, i)]() -> result<std::vector<float>> {
                     return render_background(scene_background(i % 10), clip_samples, rate, own);
                   }});
  return all;
}

std::vector<sound> white_noise(idx count, std::uint64_t seed) {
  std::vector<sound> all;
  for (idx i = 0; i < count; ++i)
    all.push_back({"white noise", [own = seed_of(seed, 3, i)]() -> result<std::vector<float>> {
                     std::vector<float> x(static_cast<std::size_t>(clip_samples));
                     random_sequence random(own);
                     for (float& v : x) v = static_cast<float>(random.uniform());
                     return x;
                   }});
  return all;
}

result<event_sounds> recorded_events(const std::filesystem::path& parent) {
  const auto folders = folders_in(parent);
  if (!folders) return folders.error();
  if (folders->empty()) return error{"no folders of recordings", parent.c_str(), "one for each class"};
  event_sounds all;
  for (const auto& folder : *folders) {
    if (folder.filename().string().find_first_of(",\t\n") != std::string::npos)
      return error{"a class that weak labels cannot name", folder.c_str(), "neither commas nor tabs"};
    auto files = recordings_below(folder);
    if (!files) return files.error();
    for (auto& file : *files) {
      all.class_of.push_back(static_cast<idx>(all.classes.size()));
      all.recordings.push_back(recorded(std::move(file)));
    }
    all.classes.push_back(folder.filename().string());
  }
  return all;
}

result<std::vector<sound>> recordings_in(const std::filesystem::path& folder) {
  auto files = recordings_below(folder);
  if (!files) return files.error();
  std::vector<sound> all;
  for (auto& file : *files) all.push_back(recorded(std::move(file)));
  return all;
}

}  // namespace weak_labels
