#pragma once
#include <auris/core/shape.hpp>
#include <span>
#include <vector>

namespace auris {

/// Training material: sequences of equal length with what every frame of them is labelled with. A trainer copies items
/// by index into its batches.
///
/// A sequence may straddle two recordings, so scene and environment are per frame. `active` is the frame mask of the
/// scene and environment losses: 1 where at least one label is above 0 ("each frame where a sound event takes place",
/// Khandelwal & Das 2023), else 0.
///
///     sequence_set set;
///     set.count = 1, set.frames = 200, set.bands = 2, set.classes = 1;
///     set.features.resize(400);
///     const std::span<const float> x = set.features_of(0);             // (200, 2)
struct sequence_set {
  idx count = 0, frames = 0, bands = 0, classes = 0;
  idx features_per_frame = 1;   ///< rows of features for each frame of labels: more, where theirs is a finer grid
  std::vector<float> features;  ///< (count, frames * features_per_frame, bands)
  std::vector<float> labels;    ///< (count, frames, classes), soft: 0 to 1
  std::vector<int> scene, environment;  ///< (count, frames), indices
  std::vector<float> active;            ///< (count, frames), 1 or 0

  std::span<const float> features_of(idx i) const { return part(features, i, frames * features_per_frame * bands); }
  std::span<const float> labels_of(idx i) const { return part(labels, i, frames * classes); }
  std::span<const int> scene_of(idx i) const { return part(scene, i, frames); }
  std::span<const int> environment_of(idx i) const { return part(environment, i, frames); }
  std::span<const float> active_of(idx i) const { return part(active, i, frames); }

 private:
  template <class T>
  static std::span<const T> part(const std::vector<T>& all, idx i, idx size) {
    return {all.data() + i * size, static_cast<std::size_t>(size)};
  }
};

}  // namespace auris
