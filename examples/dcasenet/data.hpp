// From the data sets of the three tasks to what networks read. Below one folder, each set in the layout in which it is published:
//
//   asc/meta.csv, asc/evaluation_setup/fold1_train.csv, fold1_evaluate.csv       TAU Urban Acoustic Scenes 2020 Mobile
//   asc/audio/airport-lisbon-1000-40000-a.wav
//   tag/train_curated.csv, tag/sample_submission.csv, tag/train_curated/         DCASE 2019 task 2
//   sed/metadata_dev/fold1_room1_mix001_ov1.csv, sed/mic_dev/                    DCASE 2020 task 3
#pragma once
#include <auris/core/executor.hpp>
#include <auris/core/result.hpp>
#include <auris/data/frame_matrix.hpp>
#include <auris/data/tag_lists.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "sound_store.hpp"
#include "tasks.hpp"

namespace dcasenet {

inline constexpr const char* front_end_name = "dcasenet_log_mel";
inline constexpr auris::idx bands = 128;
inline constexpr int hop = 480;                              ///< of the features, in samples
inline constexpr auris::idx frames_of_label = 5;             ///< labels of events stand every 100 ms
inline constexpr auris::idx crop_samples = 5 * sample_rate;  ///< of scenes and tags
inline constexpr auris::idx crop_frames = crop_samples / hop + 1;
inline constexpr auris::idx fewest_frames = 40;  ///< that a network can read

/// Recordings of scenes, or with tags: crops begin anywhere in them, so sounds are kept.
struct sound_set {
  std::vector<std::string> classes;
  sound_store sounds;
  std::vector<unsigned char> labels;  ///< (recording, class)
  std::vector<auris::idx> train, test;
};

/// Recordings with events: the features of every channel, standardised over the whole recording.
struct event_recording {
  std::filesystem::path file;
  std::vector<auris::frame_matrix> channels;
  auris::idx label_frames = 0;
  std::vector<unsigned char> labels;  ///< (frame of 100 ms, class)
};
struct event_set {
  std::vector<std::string> classes;
  std::vector<event_recording> recordings;
  std::vector<auris::idx> train, test;
};

struct data_sets {
  sound_set asc, tag;
  event_set sed;
};

/// Reads the sets of these tasks. Scenes are parted by their lists; tags by the first of 5 shuffled folds; of events folds 3 to 6
/// are trained on and fold 1 is tested, as the published code has it.
///
/// Memory  so many gigabytes of sounds of scenes, as many of those with tags, the features of all recordings with events.
/// Errors  files that are missing, broken, or contradict each other.
auris::result<data_sets> read_sets(const std::filesystem::path& data, task_set tasks, auris::tag_match,
                                   double sound_gigabytes, auris::executor&);

/// Standardised log-mel of pre-emphasised sounds.
class feature_maker {
 public:
  static auris::result<feature_maker> create();
  auris::result<auris::frame_matrix> operator()(std::span<const float> sound) const;
  feature_maker(feature_maker&&) noexcept;
  ~feature_maker();

 private:
  struct parts;
  explicit feature_maker(std::unique_ptr<parts>);
  std::unique_ptr<parts> parts_;
};

/// The sound repeated (twice, four times, ...) until it has as many samples.
sound doubled(std::span<const float>, auris::idx samples);
/// The rows repeated until there are as many.
auris::frame_matrix doubled(auris::frame_matrix, auris::idx frames);

}  // namespace dcasenet
