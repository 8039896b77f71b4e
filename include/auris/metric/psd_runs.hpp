#pragma once
#include <algorithm>
#include <auris/metric/intersection.hpp>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace auris::detail {

/// What changes when a threshold falls to a score: events found (what = psd_found) or cross triggers on class d (what = d).
inline constexpr std::int32_t psd_found = -1;
template <class Score>
struct psd_change {
  Score score;
  std::int32_t what, delta;
};

/// All changes of the counts of one class. False alarms, of which there are most, are kept by themselves: one more, or one
/// less, at each of the scores.
template <class Score>
struct psd_changes {
  std::vector<psd_change<Score>> others;
  std::vector<Score> more_false_alarms, fewer_false_alarms;

  void append(const psd_changes& more) {
    others.insert(others.end(), more.others.begin(), more.others.end());
    more_false_alarms.insert(more_false_alarms.end(), more.more_false_alarms.begin(), more.more_false_alarms.end());
    fewer_false_alarms.insert(fewer_false_alarms.end(), more.fewer_false_alarms.begin(), more.fewer_false_alarms.end());
  }
};

struct psd_interval {
  double onset, offset;
};

/// Finds how the counts of a class change with the threshold in one file. Holds the buffers for that.
///
/// A run of frames [begin, end) is a detection from the lowest score in it down to the higher one of its neighbours, where
/// it becomes part of a longer run, its parent. So the runs of all thresholds are a tree, and one pass over the frames
/// meets them all: on a stack lie those that have not ended yet, each higher than the one below. What a run counts is
/// noted as the difference from what its children count.
template <class Score>
class psd_runs {
 public:
  /// Events of another class that false alarms may lie on.
  struct other_class {
    std::int32_t index;
    std::span<const psd_interval> events;
  };

  explicit psd_runs(const intersection_criteria& criteria) : criteria_(criteria) {}

  /// Scores of the class: column `c` of (frames, columns).
  void add(std::span<const Score> scores, std::size_t columns, std::size_t c, std::span<const double> times,
           std::span<const psd_interval> targets, std::span<const other_class> others, psd_changes<Score>& changes) {
    const std::size_t frames = scores.size() / columns;
    column_.resize(frames + 1);
    for (std::size_t k = 0; k < frames; ++k) column_[k] = scores[k * columns + c];
    column_[frames] = -infinity;
    if (frames > 0) all_runs(times, targets, others, changes);
  }

 private:
  static constexpr Score infinity = std::numeric_limits<Score>::infinity();

  void all_runs(std::span<const double> times, std::span<const psd_interval> targets,
                std::span<const other_class> others, psd_changes<Score>& changes) {
    const std::size_t frames = column_.size() - 1, flags = 1 + others.size();
    begin_.resize(frames), score_.resize(frames);
    counted_.resize(frames * flags), covered_.resize(frames * targets.size());
    own_.resize(flags), own_covered_.resize(targets.size());
    pieces_.resize(std::max(pieces_.size(), targets.size()));
    first_ = std::numeric_limits<double>::infinity(), last_ = 0;
    for (const psd_interval& i : targets) first_ = std::min(first_, i.onset), last_ = std::max(last_, i.offset);
    for (const other_class& o : others)
      for (const psd_interval& i : o.events) first_ = std::min(first_, i.onset), last_ = std::max(last_, i.offset);

    const Score* const column = column_.data();
    Score* const open_score = score_.data();
    std::size_t* const open_begin = begin_.data();
    std::int32_t* const all_counted = counted_.data();
    double* const all_covered = covered_.data();
    std::size_t depth = 0;
    Score highest = column[0];
    for (std::size_t k = 0; k <= frames; ++k) {
      const Score score = column[k];
      std::size_t begin = k;
      while (depth > 0 && open_score[depth - 1] > score) {
        --depth;
        begin = open_begin[depth];
        // The parent is the run below, unless that is lower than this frame: then it is yet to come, in this one's place.
        const bool below = depth > 0 && open_score[depth - 1] >= score;
        std::int32_t* counted = all_counted + (depth - below) * flags;
        if (is_apart(times[begin], times[k])) {  // and so are its children: false alarms, nothing else
          false_alarms(open_score[depth], 1 - all_counted[depth * flags], changes);
          counted[0] = below ? counted[0] + 1 : 1;
          continue;
        }
        judge(times[begin], times[k], targets, others);
        note(open_score[depth], depth, others, changes);
        double* covered = all_covered + (depth - below) * targets.size();
        for (std::size_t i = 0; i < flags; ++i) counted[i] = below ? counted[i] + own_[i] : own_[i];
        for (std::size_t i = 0; i < targets.size(); ++i)
          covered[i] = below ? covered[i] + own_covered_[i] : own_covered_[i];
      }
      if (k == frames) break;
      if (depth > 0 && open_score[depth - 1] == score) continue;
      if (begin == k) {  // no children
        for (std::size_t i = 0; i < flags; ++i) all_counted[depth * flags + i] = 0;
        for (std::size_t i = 0; i < targets.size(); ++i) all_covered[depth * targets.size() + i] = 0;
      }
      open_begin[depth] = begin, open_score[depth] = score;
      ++depth;
      highest = std::max(highest, score);
    }
    for (std::size_t i = 0; i < targets.size(); ++i) find(targets[i], highest, pieces_[i], changes);
  }

  /// Whether a run meets no event, and is a false alarm for that.
  bool is_apart(double onset, double offset) const {
    return (offset <= first_ || onset >= last_) && microseconds(criteria_.detection * (offset - onset)) > 0 &&
           microseconds(criteria_.cross_trigger * (offset - onset)) > 0;
  }

  /// What one run counts by itself: a false alarm, cross triggers, seconds of the targets where it is relevant.
  void judge(double onset, double offset, std::span<const psd_interval> targets, std::span<const other_class> others) {
    const double length = offset - onset;
    double total = 0;
    for (std::size_t i = 0; i < targets.size(); ++i)
      total += own_covered_[i] = intersection(onset, offset, targets[i].onset, targets[i].offset);
    const bool relevant = covers(total, criteria_.detection, length);
    own_[0] = !relevant;
    if (relevant) {
      for (std::size_t i = 0; i < others.size(); ++i) own_[1 + i] = 0;
      return;
    }
    for (double& seconds : own_covered_) seconds = 0;
    const double needed = microseconds(criteria_.cross_trigger * length);
    for (std::size_t i = 0; i < others.size(); ++i) {
      double seconds = 0;
      for (const psd_interval& other : others[i].events)
        seconds += intersection(onset, offset, other.onset, other.offset);
      own_[1 + i] = microseconds(seconds) >= needed;
    }
  }

  static void false_alarms(Score score, std::int32_t delta, psd_changes<Score>& changes) {
    for (; delta > 0; --delta) changes.more_false_alarms.push_back(score);
    for (; delta < 0; ++delta) changes.fewer_false_alarms.push_back(score);
  }

  /// Notes what the run at the top of the stack counts more than its children.
  void note(Score score, std::size_t depth, std::span<const other_class> others, psd_changes<Score>& changes) {
    const std::int32_t* counted = counted_.data() + depth * (1 + others.size());
    false_alarms(score, own_[0] - counted[0], changes);
    for (std::size_t i = 0; i < others.size(); ++i)
      if (const std::int32_t delta = own_[1 + i] - counted[1 + i])
        changes.others.push_back({score, others[i].index, delta});
    const double* covered = covered_.data() + depth * own_covered_.size();
    for (std::size_t i = 0; i < own_covered_.size(); ++i)
      if (const double delta = own_covered_[i] - covered[i]; delta != 0) pieces_[i].push_back({score, delta});
  }

  struct piece {
    Score score;
    double seconds;
  };

  /// At which scores a target is found and lost again, from the seconds that relevant runs cover more or less of it.
  void find(const psd_interval& target, Score highest, std::vector<piece>& pieces, psd_changes<Score>& changes) {
    pieces.push_back({highest, 0});  // an event of length zero is found by any detection
    std::sort(pieces.begin(), pieces.end(), [](const piece& a, const piece& b) { return a.score > b.score; });
    double seconds = 0;
    bool found = false;
    for (std::size_t k = 0; k < pieces.size();) {
      const Score score = pieces[k].score;
      for (; k < pieces.size() && pieces[k].score == score; ++k) seconds += pieces[k].seconds;
      const bool now = covers(std::max(seconds, 0.0), criteria_.ground_truth, target.offset - target.onset);
      if (now != found) changes.others.push_back({score, psd_found, now ? 1 : -1});
      found = now;
    }
    pieces.clear();
  }

  intersection_criteria criteria_;
  std::vector<Score> column_;
  double first_ = 0, last_ = 0;  // of all events in the file
  // The stack of open runs, and what their children count: (depth, 1 + other classes), (depth, targets).
  std::vector<std::size_t> begin_;
  std::vector<Score> score_;
  std::vector<std::int32_t> counted_, own_;
  std::vector<double> covered_, own_covered_;
  std::vector<std::vector<piece>> pieces_;  // of each target
};

}  // namespace auris::detail
