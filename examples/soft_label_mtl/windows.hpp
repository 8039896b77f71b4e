// Clips of any length through a network that takes windows of one length.
#pragma once
#include <algorithm>
#include <functional>

#include "system.hpp"

namespace soft_label {

/// Asks for windows of so many frames of labels, each with `finer` frames of features, one behind the other; the last one
/// ends with the clip. A clip that is shorter than a window is continued by its last frame.
inline auris::result<prediction> predict_by_windows(
    const auris::frame_matrix& features, auris::idx window, auris::idx finer,
    const std::function<auris::result<prediction>(const auris::frame_matrix&)>& predict) {
  using namespace auris;
  const idx frames = features.frames / finer;
  if (frames * finer != features.frames)
    return error{"features and labels differ in length", "windows of a clip", message::of("a multiple of ", finer),
                 message::of(features.frames)};
  prediction all;
  const auto take = [&](frame_matrix& to, const frame_matrix& from, idx begin) {
    if (from.width == 0) return;
    if (to.width == 0) to = frame_matrix(frames, from.width);
    for (idx t = 0; t < window && begin + t < frames; ++t) std::ranges::copy(from.row(t), to.row(begin + t).begin());
  };
  frame_matrix part(window * finer, features.width);
  const idx last = std::max<idx>(frames - window, 0);
  for (idx next = 0; next < frames; next += window) {
    const idx begin = std::min(next, last);
    for (idx t = 0; t < part.frames; ++t)
      std::ranges::copy(features.row(std::min(begin * finer + t, features.frames - 1)), part.row(t).begin());
    auto answer = predict(part);
    if (!answer) return answer.error();
    take(all.sed, answer->sed, begin), take(all.asc, answer->asc, begin), take(all.aec, answer->aec, begin);
  }
  return all;
}

}  // namespace soft_label
