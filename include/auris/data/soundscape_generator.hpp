#pragma once
#include <algorithm>
#include <auris/data/annotators.hpp>
#include <auris/data/background.hpp>
#include <auris/data/label_catalogue.hpp>
#include <auris/data/mixer.hpp>
#include <auris/data/recording_folder.hpp>
#include <auris/data/soundscape.hpp>
#include <auris/data/soundscape_check.hpp>
#include <auris/data/timbre.hpp>
#include <optional>
#include <string>
#include <vector>

namespace auris {

/// Makes labelled soundscapes: events of distinct timbres, or of recordings, mixed into the background of a scene.
///
/// A clip is a function of (options, its index): the same bits in one build, whoever asks and in whatever order; other
/// machines may differ in the last bit of a sample. The background has a level of its own; each class of the scene
/// takes part in a clip with chance 3/4, and then sounds for 0.5 to 4 s at a time with pauses of 2 to 9 s, each time at
/// an SNR drawn between the two limits (power of the event over power of the background, both over their whole length).
/// The sum is made quieter where it would exceed 1. Soft labels: `annotate`.
///
/// Memory     the recordings; per clip its samples three times.
/// Errors     options that contradict themselves (all listed); recordings that cannot be used.
///
///     soundscape_options options;
///     options.seconds = 2;
///     const auto generator = soundscape_generator::create(options).value();
///     const soundscape first = generator.clip(0).value();              // "cafe_restaurant_00"
class soundscape_generator {
 public:
  static result<soundscape_generator> create(soundscape_options options) {
    if (auto good = check_soundscapes(options); !good) return good.error();
    soundscape_generator out;
    for (const soundscape_class& c : options.classes) {
      out.sounds_.emplace_back();
      if (c.recordings.empty()) continue;
      auto folder = recording_folder::open(c.recordings, options.rate, options.folds);
      if (!folder) return folder.error();
      out.sounds_.back() = std::move(*folder);
    }
    for (const soundscape_scene& s : options.scenes) {
      out.carpets_.emplace_back();
      if (s.recordings.empty()) continue;
      auto folder = recording_folder::open(s.recordings, options.rate, options.folds);
      if (!folder) return folder.error();
      out.carpets_.back() = std::move(*folder);
    }
    out.labels_ = detail::catalogue_of(options);
    out.options_ = std::move(options);
    return out;
  }

  const soundscape_options& options() const { return options_; }
  const label_catalogue& labels() const { return labels_; }

  /// The group of a clip: clips of different groups share no recording.
  idx group(idx clip) const { return clip / static_cast<idx>(options_.scenes.size()) % options_.folds; }

  /// Clip 0 to clips - 1.
  result<soundscape> clip(idx index) const {
    if (index < 0 || index >= options_.clips)
      return error{"no such clip", "soundscape_generator", message::of("0 to ", options_.clips - 1),
                   message::of(index)};
    const idx scenes = static_cast<idx>(options_.scenes.size()), scene = index % scenes;
    soundscape out;
    const std::string number = std::to_string(index / scenes);
    const soundscape_scene& place = options_.scenes[static_cast<std::size_t>(scene)];
    out.name = place.name + (number.size() < 2 ? "_0" : "_") + number;
    out.rate = options_.rate, out.scene = scene;

    std::vector<idx> classes;
    for (const std::string& name : place.events) classes.push_back(labels_.class_index(name));
    const std::size_t sounding = classes.size();
    if (options_.doubt_everywhere)
      for (idx c = 0; c < static_cast<idx>(labels_.classes.size()); ++c)
        if (std::ranges::find(classes, c) == classes.end()) classes.push_back(c);
    mixer mix(options_.seconds, options_.rate, static_cast<idx>(classes.size()));
    mix.lay(background(scene, index));
    for (std::size_t c = 0; c < sounding; ++c) place_events(classes[c], static_cast<idx>(c), index, mix, out.events);
    out.soft = annotate(mix.heard(), classes, options_.annotators, key(index, purpose::annotators));
    out.hard = hard_labels(out.soft, labels_.hard);
    out.samples = std::move(mix).finish();
    return out;
  }

 private:
  enum class purpose : std::uint64_t { background, annotators, first_class };
  random_key key(idx clip, purpose p, idx offset = 0) const {
    return {options_.seed, static_cast<std::uint64_t>(clip),
            static_cast<std::uint64_t>(p) + static_cast<std::uint64_t>(offset)};
  }

  std::vector<float> background(idx scene, idx clip) const {
    const random_key random = key(clip, purpose::background);
    const idx samples = options_.seconds * options_.rate;
    if (const auto& folder = carpets_[static_cast<std::size_t>(scene)]) {
      random_sequence sequence(random);
      return folder->carpet(group(clip), samples, options_.rate, sequence);
    }
    return render_background(scene_background(scene), samples, options_.rate, random.bits(0));
  }

  void place_events(idx class_index, idx column, idx clip, mixer& mix, std::vector<sound_event>& events) const {
    random_sequence random(key(clip, purpose::first_class, class_index));
    if (random.uniform() >= 0.75) return;
    const double rate = options_.rate;
    const auto& folder = sounds_[static_cast<std::size_t>(class_index)];
    for (double t = random.uniform(0, 5); t + 0.5 <= static_cast<double>(options_.seconds);) {
      const idx onset = static_cast<idx>(t * rate);
      const idx wanted = std::min(static_cast<idx>(random.uniform(0.5, 4) * rate), mix.samples() - onset);
      const double snr = random.uniform(options_.snr_low, options_.snr_high);
      const auto seed = static_cast<std::uint64_t>(random.below(idx(1) << 62));
      const std::vector<float> sound = folder ? folder->excerpt(group(clip), wanted, options_.rate, random)
                                              : render_event(class_timbre(class_index), wanted, options_.rate, seed);
      if (mix.add(sound, onset, column, snr))
        events.push_back({static_cast<double>(onset) / rate,
                          static_cast<double>(onset + static_cast<idx>(sound.size())) / rate, class_index, snr});
      t += static_cast<double>(sound.size()) / rate + random.uniform(2, 9);
    }
  }

  soundscape_options options_;
  label_catalogue labels_;
  std::vector<std::optional<recording_folder>> sounds_, carpets_;  // by class and by scene; none: synthetic
};

}  // namespace auris
