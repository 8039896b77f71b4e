#pragma once
#include <algorithm>
#include <auris/core/large_pages.hpp>
#include <limits>
#include <span>
#include <vector>

namespace auris::detail {

/// Scores of classes in files in which they cannot be found, so that every run of frames is a false alarm. They are kept as they
/// are: few files matter in the end, those whose highest score is above the thresholds that have too many false alarms.
template <class Score>
class psd_silent_files {
 public:
  explicit psd_silent_files(std::size_t classes) : files_(classes) {}

  /// A file with nothing of class `c`, whose scores are column `c` of (frames, classes).
  void add(std::span<const Score> scores, std::size_t c) {
    const std::size_t classes = files_.size(), frames = scores.size() / classes;
    if (frames == 0) return;
    files_[c].push_back({none, scores_.size(), frames});
    grow(frames);
    Score* const column = scores_.data() + scores_.size() - frames;
    Score highest = none;
    for (std::size_t k = 0; k < frames; ++k) {
      column[k] = scores[k * classes + c];
      highest = std::max(highest, column[k]);
    }
    files_[c].back().highest = highest;
  }

  void append(const psd_silent_files& more) {
    for (std::size_t c = 0; c < files_.size(); ++c)
      for (const file& f : more.files_[c]) files_[c].push_back({f.highest, scores_.size() + f.begin, f.frames});
    grow(more.scores_.size());
    std::copy(more.scores_.begin(), more.scores_.end(),
              scores_.end() - static_cast<std::ptrdiff_t>(more.scores_.size()));
  }

  /// The highest score of every file: the class has a false alarm at each threshold up to there.
  std::vector<Score> highest(std::size_t c) const {
    std::vector<Score> all;
    for (const file& f : files_[c]) all.push_back(f.highest);
    return all;
  }
  /// visit(score, more) for the scores above `low` at which the class has one false alarm more, or (-1) one less: at local
  /// maxima, and where two of them meet.
  template <class Visit>
  void for_each_change(std::size_t c, Score low, const Visit& visit) const {
    for (const file& f : files_[c]) {
      if (!(f.highest > low)) continue;
      const Score* const column = scores_.data() + f.begin;
      Score before = none;
      for (std::size_t k = 0; k < f.frames; ++k) {
        const Score here = column[k], next = k + 1 < f.frames ? column[k + 1] : none;
        const bool rises = here > before, rises_on = next > here;
        if (here > low && rises != rises_on) visit(here, rises ? 1 : -1);
        before = here;
      }
    }
  }

 private:
  static constexpr Score none = -std::numeric_limits<Score>::infinity();
  struct file {
    Score highest;
    std::size_t begin, frames;
  };

  void grow(std::size_t more) {
    // Memory that is never written costs nothing, copies and fresh pages do: so in few steps, and in large pages.
    constexpr std::size_t least = std::size_t(1) << 21;
    const std::size_t size = scores_.size() + more;
    if (size > scores_.capacity()) {
      scores_.reserve(std::max(least, 4 * size));
      ask_for_large_pages(scores_.data(), scores_.capacity() * sizeof(Score));
    }
    scores_.resize(size);
  }

  std::vector<Score> scores_;             // columns of files, one behind the other
  std::vector<std::vector<file>> files_;  // of each class
};

}  // namespace auris::detail
