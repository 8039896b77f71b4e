// From a data set in MAESTRO's layout to what networks train on.
#pragma once
#include <auris/audio/front_end_options.hpp>
#include <auris/data/maestro.hpp>
#include <auris/data/maestro_labels.hpp>
#include <auris/data/sequences.hpp>
#include <auris/data/standardise.hpp>
#include <filesystem>
#include <string>
#include <vector>

namespace soft_label {

/// The features of one recording, and how long that is. They fill the frames of the labels, 200 ms each: on a finer grid
/// the last frame is repeated up to there.
struct recording_features : auris::frame_matrix {
  double seconds = 0;
};
auris::result<recording_features> read_features(const std::filesystem::path& audio, const std::string& front_end);

/// Frames of features for each frame of labels: 1 for MAESTRO's front-ends, more on a finer grid.
auris::result<auris::idx> features_per_frame(const std::string& front_end);

/// One fold of a data set: features and labels of every clip, and the standardisation that its training clips give.
struct prepared_fold {
  auris::maestro_data_set set;
  auris::clip_split split;
  std::vector<auris::labelled_clip> clips;  ///< all of the set, in its order
  auris::standardisation standard;
  double hop = 0;                     ///< of the labels, seconds
  auris::idx features_per_frame = 1;  ///< of the labels
};

/// Where features are kept (empty: nowhere), and how many threads compute what is not there.
struct feature_source {
  std::filesystem::path folder;
  int threads = 1;
};

/// Reads every clip of the set and labels its frames. `fold` counts from 1.
auris::result<prepared_fold> prepare_fold(const std::filesystem::path& data, int fold, const std::string& front_end,
                                          const feature_source&);

/// Standardises the features of every clip.
auris::result<void> standardise(prepared_fold&, const auris::standardisation&);

/// The sequences of some of the clips.
auris::result<auris::sequence_set> sequences_of(const prepared_fold&, const std::vector<auris::idx>& clips,
                                                auris::idx frames);

}  // namespace soft_label
