#pragma once
#include <algorithm>
#include <auris/audio/sound_file.hpp>
#include <auris/audio/sound_files.hpp>
#include <auris/core/random.hpp>
#include <auris/data/signal.hpp>
#include <auris/io/problems.hpp>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace auris {

/// The recordings of one class or scene, split into groups so that no recording serves two parts of a cross-validation.
///
/// A file whose name begins with a number and a hyphen (`3-152007-A.ogg`) belongs to group (number - 1) mod groups:
/// takes of one source that share the number stay together. Without numbers file i in the order of names belongs to
/// group i mod groups.
///
/// Files   .wav .flac .ogg .mp3 of the folder itself, as `read_sound_file` reads them, resampled to one rate.
/// Memory  all samples.
/// Errors  no such folder; a group without a recording; and, all listed: a file that cannot be read or is silent.
///
///     const auto barks = recording_folder::open("esc10/dog_bark", 44100, 5);
class recording_folder {
 public:
  /// `trim`: without the beginning and end below 1 % of the peak.
  static result<recording_folder> open(const std::filesystem::path& folder, int rate, idx groups, bool trim = true) {
    namespace fs = std::filesystem;
    const auto listed = sound_files_in(folder);
    if (!listed) return listed.error();
    const std::vector<fs::path>& files = *listed;
    if (groups < 1) return error{"bad number of groups", folder.c_str(), "1 or more", message::of(groups)};
    const bool numbered = std::all_of(files.begin(), files.end(), [](const fs::path& f) { return number(f) >= 0; });
    recording_folder out;
    out.groups_.resize(static_cast<std::size_t>(groups));
    detail::problem_list problems;
    for (std::size_t i = 0; i < files.size(); ++i) {
      auto sound = read_sound_file(files[i], {.rate = rate});
      if (!sound) {
        problems.add(sound.error().text().c_str());
        continue;
      }
      if (trim) cut_silence(sound->samples);
      if (!(detail::energy(sound->samples) > 0)) {
        problems.add("no sound in " + files[i].string());
        continue;
      }
      const idx group = numbered ? (number(files[i]) + groups - 1) % groups : static_cast<idx>(i) % groups;
      out.groups_[static_cast<std::size_t>(group)].push_back(std::move(sound->samples));
    }
    for (std::size_t g = 0; g < out.groups_.size(); ++g)
      if (out.groups_[g].empty())
        problems.add("no recording for group " + std::to_string(g + 1) + " of " + std::to_string(groups));
    if (!problems.empty()) return problems.error("cannot use the recordings", folder);
    return out;
  }

  /// The recordings of a group, none of them silent.
  std::span<const std::vector<float>> group(idx g) const { return groups_[static_cast<std::size_t>(g)]; }

  /// A part of a random recording of a group, as long as wanted or as long as the recording.
  std::vector<float> excerpt(idx g, idx samples, int rate, random_sequence& random) const {
    const auto& x = pick(g, random);
    const idx length = std::min(samples, static_cast<idx>(x.size()));
    const idx first = random.below(static_cast<idx>(x.size()) - length + 1);
    std::vector<float> y(x.begin() + first, x.begin() + first + length);
    detail::fade_ends(y, rate);
    return y;
  }

  /// Random recordings of a group one behind the other, each at the same power and faded over 100 ms into the next.
  std::vector<float> carpet(idx g, idx samples, int rate, random_sequence& random) const {
    std::vector<float> y(static_cast<std::size_t>(std::max<idx>(samples, 0)));
    for (idx at = 0; at < samples;) {
      const auto& x = pick(g, random);
      const idx length = static_cast<idx>(x.size()), fade = std::min<idx>(rate / 10, length / 2);
      const auto gain = static_cast<float>(1 / std::sqrt(detail::energy(x) / static_cast<double>(length)));
      for (idx i = 0; i < length && at + i < samples; ++i) {
        const idx edge = std::min(at == 0 ? fade : i, length - 1 - i);
        const float ramp = edge < fade ? std::sqrt((static_cast<float>(edge) + 0.5f) / static_cast<float>(fade)) : 1.0f;
        y[static_cast<std::size_t>(at + i)] += gain * ramp * x[static_cast<std::size_t>(i)];
      }
      at += std::max<idx>(length - fade, 1);
    }
    return y;
  }

 private:
  const std::vector<float>& pick(idx g, random_sequence& random) const {
    const auto& all = groups_[static_cast<std::size_t>(g)];
    return all[static_cast<std::size_t>(random.below(static_cast<idx>(all.size())))];
  }
  // -1: the name does not begin with a number and a hyphen
  static idx number(const std::filesystem::path& file) {
    const std::string name = file.filename().string();
    idx n = 0;
    std::size_t i = 0;
    for (; i < name.size() && i < 9 && name[i] >= '0' && name[i] <= '9'; ++i) n = 10 * n + (name[i] - '0');
    return i > 0 && i < name.size() && name[i] == '-' ? n : -1;
  }
  static void cut_silence(std::vector<float>& x) {
    float peak = 0;
    for (float v : x) peak = std::max(peak, std::abs(v));
    const auto loud = [&](float v) { return std::abs(v) > 0.01f * peak; };
    const auto last = std::find_if(x.rbegin(), x.rend(), loud);
    x.erase(last.base(), x.end());
    x.erase(x.begin(), std::find_if(x.begin(), x.end(), loud));
  }

  std::vector<std::vector<std::vector<float>>> groups_;
};

}  // namespace auris
