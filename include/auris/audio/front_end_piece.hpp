#pragma once
#include <auris/op/pad.hpp>

namespace auris::detail {

/// Frames of sounds: the first one starts `skip` samples behind the padding's first.
struct front_end_piece {
  op::pad::size sounds;
  idx skip, frames;

  /// Samples of sounds with their padding that are few enough to copy.
  static constexpr idx few = idx(1) << 18;
  /// Frames that are made at a time: whole blocks of kernels.
  static constexpr idx most(idx hop) { return (few / 2 / hop + 64) / 64 * 64; }
  /// The longest padded copy of a part, or more.
  idx copied(idx fft, idx hop) const {
    const idx all = sounds.items * sounds.padded(), inside = sounds.pre_emphasis != 0 ? most(hop) * hop : 0;
    return small() || all < 4 * fft + inside ? all : 4 * fft + inside;
  }
  bool small() const { return sounds.items * sounds.padded() <= few; }

  /// Frames of one sound that are made at a time, and from what: x, or a padded copy of a part of it.
  struct run {
    idx frames;
    bool copied;
    op::pad::size part;
    idx first, last;  ///< samples of the sound that they need
    idx skip;         ///< where in the part, or in its copy, the frames begin
  };
  /// Those from frame t on: what has no need of padding is read where it stands.
  run run_from(idx t, idx fft, idx hop) const {
    const idx begin = t * hop + skip - sounds.before, length = sounds.length();
    const idx left = frames - t < most(hop) ? frames - t : most(hop);
    if (sounds.pre_emphasis != 0) return copy_of(begin, left, fft, hop);
    if (begin < 0) {
      const idx before = (hop - 1 - begin) / hop;
      return copy_of(begin, left < before ? left : before, fft, hop);
    }
    if (begin + fft > length) return copy_of(begin, left, fft, hop);
    const idx inside = 1 + (length - fft - begin) / hop;
    const idx count = left < inside ? left : inside;
    return {count, false, {}, begin, begin + (count - 1) * hop + fft, 0};
  }

 private:
  run copy_of(idx begin, idx count, idx fft, idx hop) const {
    const idx end = begin + (count - 1) * hop + fft, length = sounds.length();
    const idx before = begin < 0 ? -begin : 0, after = end > length ? end - length : 0;
    idx first = begin + before, last = end - after;
    if (sounds.reflect) {  // what is mirrored
      if (before > 0 && last < before + 1) last = before + 1;
      if (after > 0 && first > length - 1 - after) first = length - 1 - after;
    }
    const idx samples = last - first + (sounds.pre_emphasis != 0);
    const op::pad::size part{1, samples, before, after, sounds.reflect, sounds.pre_emphasis};
    return {count, true, part, first, first + samples, begin + before - first};
  }
};

}  // namespace auris::detail
