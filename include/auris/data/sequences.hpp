#pragma once
#include <algorithm>
#include <auris/core/result.hpp>
#include <auris/data/frame_matrix.hpp>
#include <auris/data/sequence_set.hpp>
#include <span>

namespace auris {

/// One recording as a network sees it: features and labels of its frames, and the scene and environment it was made in.
struct labelled_clip {
  frame_matrix features;  ///< (frames, bands); or a whole number of them for each frame of labels, on a finer grid
  frame_matrix labels;    ///< (frames, classes)
  idx scene = 0, environment = 0;
};

/// Joins clips along time in the order given and cuts them into sequences of `length` frames; the tail that does not
/// fill one is dropped. Fewer frames than one sequence give a set of none (count 0). Frames are those of the labels; features
/// may have a whole number of rows for each, the same in all clips.
///
/// Memory  one copy of the frames that are kept.
/// Errors  no clip; a length below 1; a clip whose features are no whole multiple of its labels, or which differs from the
///         first in bands, classes or that multiple.
/// Source  DCASE 2023 task 4B: 200 frames of 200 ms.
///
///     std::vector<labelled_clip> clips{{{150, 64}, {150, 17}}, {{151, 64}, {151, 17}}};
///     const sequence_set set = cut_sequences(clips, 200).value();      // 1 sequence: 150 + 50 frames; 101 are dropped
inline result<sequence_set> cut_sequences(std::span<const labelled_clip> clips, idx length = 200) {
  constexpr const char* where = "cut_sequences";
  if (clips.empty()) return error{"no clips", where};
  if (length < 1) return error{"bad sequence length", where, "1 or more frames", message::of(length)};
  sequence_set set;
  set.frames = length, set.bands = clips[0].features.width, set.classes = clips[0].labels.width;
  for (const labelled_clip& c : clips)  // of the first one that is not empty
    if (c.labels.frames > 0) {
      set.features_per_frame = std::max<idx>(c.features.frames / c.labels.frames, 1);
      break;
    }
  const idx finer = set.features_per_frame;
  idx total = 0;
  for (std::size_t i = 0; i < clips.size(); ++i) {
    const labelled_clip& c = clips[i];
    if (c.features.frames != c.labels.frames * finer)
      return error{"features and labels differ in length", message::of(where, ", clip ", i),
                   message::of(c.labels.frames * finer, " frames of features"), message::of(c.features.frames)};
    if (c.features.width != set.bands || c.labels.width != set.classes)
      return error{"clips differ in width", message::of(where, ", clip ", i),
                   message::of(set.bands, " bands, ", set.classes, " classes"),
                   message::of(c.features.width, " bands, ", c.labels.width, " classes")};
    total += c.labels.frames;
  }
  set.count = total / length;
  const idx kept = set.count * length;
  set.features.reserve(static_cast<std::size_t>(kept * finer * set.bands));
  set.labels.reserve(static_cast<std::size_t>(kept * set.classes));
  idx left = kept;
  for (const labelled_clip& c : clips) {
    const idx n = std::min(left, c.labels.frames);
    const auto count = static_cast<std::size_t>(n);
    set.features.insert(set.features.end(), c.features.values.begin(),
                        c.features.values.begin() + n * finer * set.bands);
    set.labels.insert(set.labels.end(), c.labels.values.begin(), c.labels.values.begin() + n * set.classes);
    set.scene.insert(set.scene.end(), count, static_cast<int>(c.scene));
    set.environment.insert(set.environment.end(), count, static_cast<int>(c.environment));
    for (idx t = 0; t < n; ++t)
      set.active.push_back(std::ranges::any_of(c.labels.row(t), [](float v) { return v > 0; }) ? 1.0f : 0.0f);
    left -= n;
  }
  return set;
}

/// One whole clip as a set of one sequence, as networks are tested: (1, frames, bands).
///
/// Errors  a clip without a frame, or whose features and labels differ in frames.
///
///     const labelled_clip clip{{1501, 64}, {1501, 17}};
///     const sequence_set set = whole_clip(clip).value();               // 1 sequence of 1501 frames
inline result<sequence_set> whole_clip(const labelled_clip& clip) {
  if (clip.labels.frames == 0) return error{"the clip has no frame", "whole_clip"};
  return cut_sequences({&clip, 1}, clip.labels.frames);
}

}  // namespace auris
