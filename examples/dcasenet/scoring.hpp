// Scores of a system on the test parts of the sets.
#pragma once
#include <auris/metric/block_based.hpp>
#include <auris/metric/lwlrap.hpp>

#include "system.hpp"

namespace dcasenet {

/// The paper's figures, NaN where the task was not asked for.
struct scores {
  double accuracy, lwlrap;
  auris::block_based_result seld, seld_1s;  ///< over blocks of 5 s less a frame, as the code's, and of 1 s
  std::vector<auris::idx> confusion;        ///< (true scene, found scene)
  std::vector<double> lwlrap_of_class;
};

inline constexpr float event_threshold = 0.3f;

/// Scenes by the mean probabilities of three crops; tags of whole recordings; events by the mean of the channels.
///
/// Errors  classes that the network has no outputs for; sounds that are too short for a frame.
auris::result<scores> score(system&, const data_sets&, task_set);

/// Probabilities of scenes of three crops, (3, classes); those of a recording are their means.
auris::result<std::vector<float>> scene_probabilities(system&, const feature_maker&, std::span<const float> sound,
                                                      auris::idx classes);

}  // namespace dcasenet
