#pragma once
#include <algorithm>
#include <auris/metric/event.hpp>
#include <auris/metric/scored_frames.hpp>
#include <auris/metric/segment_grid.hpp>
#include <auris/metric/sort_scores.hpp>
#include <limits>
#include <numeric>
#include <utility>

namespace auris {

struct best_f_options {
  double segment = 1.0;    ///< seconds
  int time_decimals = -1;  ///< -1: exact boundaries; else see `segment_grid`
};

/// Counts and scores of one class (or of all together) at one threshold. An undefined score is NaN.
struct f_at_threshold {
  idx true_positives = 0, false_positives = 0;
  idx positives = 0;  ///< segments where the reference has the class
  double precision, recall, f1;
};

template <class Score>
struct best_f_result_of {
  struct of_class : f_at_threshold {
    std::string label;
    Score threshold;  ///< a segment is detected where its score > threshold; NaN without positives
  };
  std::vector<of_class> classes;    ///< in the order of the list of classes
  double macro_f1;                  ///< mean over the classes that have positives; NaN without any
  f_at_threshold micro;             ///< from the summed counts of the classes that have positives
  std::vector<std::string> absent;  ///< classes without positives: in neither mean
};

using best_f_result = best_f_result_of<float>;

/// The best segment-based F1 per class over all thresholds: F1_MO of DCASE 2023 task 4B.
///
/// A segment's score is the maximum over the frames that overlap it (0 without any); it is positive where an event of
/// the class has onset < segment end and offset > segment start (touching and overlapping events are accepted). Every
/// segment of every file is one sample. For each distinct score v of a class
///
///     P = TP/(TP + FP)     R = TP/positives     F1 = 2PR/max(P + R, 1e-15)     of the samples with score >= v
///
/// (P = 1 where nothing is detected). The highest F1 wins, on ties the largest v; the reported threshold lies midway
/// between v and the next smaller score (-infinity below the smallest).
///
/// An accumulator: `add` files in any order, `merge` what others have collected, then ask for `result`, or for the
/// scores `at` thresholds of your own. n samples cost O(n log n) time per class. `best_f_of<double>` is for scores that
/// are doubles, and has thresholds between them.
///
/// Memory  a score per segment and class.
/// Errors  scores that are not finite or do not fit the classes, times that go back, bad events or labels, a duration
///         or segment out of range, more than 2^26 samples at once: then nothing is added.
/// Source  Ebbers et al. 2022, sed_scores_eval (segment based `best_fscore`); Khandelwal & Das 2023.
///
///     best_f metric({"dog", "cat"});
///     const std::vector<float> scores{.9f, .1f, .2f, .1f, .3f, .8f};    // 3 frames of 1 s, 2 classes
///     const std::vector<event> reference{{0, 1, "dog"}, {2, 3, "cat"}};
///     metric.add(scores, 1.0, 3.0, reference).value();
///     const best_f_result r = metric.result();                          // F1 1 for both; dog's threshold is 0.6
template <class Score>
class best_f_of {
 public:
  using result_type = best_f_result_of<Score>;

  explicit best_f_of(std::vector<std::string> class_names, best_f_options options = {})
      : classes_(std::move(class_names)), options_(options), samples_(classes_.size()) {}

  /// One file: scores (frames, classes), frame k from k hop to (k + 1) hop; the file's duration in seconds.
  auris::result<void> add(std::span<const Score> scores, double hop, double duration,
                          std::span<const event> reference) {
    if (!(hop > 0) || !std::isfinite(hop))
      return error{"bad hop", "best F", "a positive number of seconds", message::of(hop)};
    return add(scores, detail::frame_times(scores.size(), classes_.size(), hop), duration, reference);
  }

  /// One file whose frame k lasts from times[k] to times[k + 1]: one time more than frames.
  auris::result<void> add(std::span<const Score> scores, std::span<const double> times, double duration,
                          std::span<const event> reference) {
    if (auto good = check_classes(classes_); !good) return good;
    if (auto good = check_events(reference, classes_, "reference"); !good) return good;
    if (auto good = detail::check_scores(scores, times, classes_, "best F"); !good) return good;
    const auto grid = segment_grid::create(options_.segment, duration, options_.time_decimals);
    if (!grid) return grid.error();
    constexpr idx most = idx(1) << 26;
    if (grid->segments() > most / static_cast<idx>(classes_.size() + 1))
      return error{"too many segments", "best F", message::of("at most ", most, " samples at once"),
                   message::of(grid->segments(), " segments of ", classes_.size(), " classes")};
    const auto frames_of = grid->frames_of_segments(times);
    if (!frames_of) return frames_of.error();
    collect(scores, *frames_of, *grid, reference);
    return {};
  }

  /// Adds what another accumulator of the same classes and options has collected.
  auris::result<void> merge(const best_f_of& other) {
    if (classes_ != other.classes_ || options_.segment != other.options_.segment ||
        options_.time_decimals != other.options_.time_decimals)
      return error{"cannot merge", "best F", "the same classes and options"};
    const std::vector<of_class> more = other.samples_;  // a copy: `other` may be this one
    for (std::size_t c = 0; c < samples_.size(); ++c) {
      append(samples_[c].positives, more[c].positives);
      append(samples_[c].negatives, more[c].negatives);
    }
    return {};
  }

  result_type result() const {
    std::vector<typename result_type::of_class> best;
    for (std::size_t c = 0; c < classes_.size(); ++c) best.push_back(best_of(samples_[c], classes_[c]));
    return together(std::move(best));
  }

  /// The same, but a class without positives is an error.
  auris::result<result_type> result_of_all() const {
    result_type r = result();
    if (r.absent.empty()) return r;
    message names;
    for (const std::string& label : r.absent) names = message::of(names, names.empty() ? "'" : ", '", label, "'");
    return error{"class without positives", "best F", "every class in the reference", message::of("none of ", names)};
  }

  /// The scores at one threshold for all classes: a segment is detected where its score > threshold.
  result_type at(Score threshold) const { return at_each(std::vector<Score>(classes_.size(), threshold)); }

  /// The scores at one threshold per class.
  auris::result<result_type> at(std::span<const Score> thresholds) const {
    if (thresholds.size() != classes_.size())
      return error{"bad thresholds", "best F", message::of("one for each of ", classes_.size(), " classes"),
                   message::of(thresholds.size())};
    return at_each(thresholds);
  }

 private:
  /// The scores of the segments of one class.
  struct of_class {
    std::vector<Score> positives, negatives;
  };

  static void append(std::vector<Score>& to, const std::vector<Score>& more) {
    to.insert(to.end(), more.begin(), more.end());
  }

  void collect(std::span<const Score> scores, std::span<const frame_range> frames_of, const segment_grid& grid,
               std::span<const event> reference) {
    const std::size_t classes = classes_.size();
    std::vector<unsigned char> positive(frames_of.size() * classes);
    for (const event& e : reference) {
      const std::size_t c = static_cast<std::size_t>(class_index(classes_, e.label));
      const frame_range touched = grid.segments_of(e.onset, e.offset);
      for (idx i = touched.begin; i < touched.end; ++i) positive[static_cast<std::size_t>(i) * classes + c] = 1;
    }
    std::vector<Score> highest(classes);
    for (std::size_t i = 0; i < frames_of.size(); ++i) {
      const std::size_t begin = static_cast<std::size_t>(frames_of[i].begin);
      const std::size_t end = static_cast<std::size_t>(frames_of[i].end);
      std::fill(highest.begin(), highest.end(), begin < end ? std::numeric_limits<Score>::lowest() : Score(0));
      for (std::size_t k = begin; k < end; ++k) {
        const Score* frame = scores.data() + k * classes;
        for (std::size_t c = 0; c < classes; ++c) highest[c] = frame[c] > highest[c] ? frame[c] : highest[c];
      }
      for (std::size_t c = 0; c < classes; ++c)
        (positive[i * classes + c] ? samples_[c].positives : samples_[c].negatives).push_back(highest[c]);
    }
  }

  static f_at_threshold scores_of(idx tp, idx fp, idx positives) {
    const double undefined = std::numeric_limits<double>::quiet_NaN();
    const double p = tp + fp == 0 ? 1 : static_cast<double>(tp) / static_cast<double>(tp + fp);
    if (positives == 0) return {tp, fp, positives, undefined, undefined, undefined};
    const double r = static_cast<double>(tp) / static_cast<double>(positives);
    return {tp, fp, positives, p, r, 2 * p * r / std::max(p + r, 1e-15)};
  }

  /// Of the samples with score >= v the F1 is highest where v is the score of a positive one.
  static typename result_type::of_class best_of(of_class samples, const std::string& label) {
    constexpr Score infinity = std::numeric_limits<Score>::infinity();
    auto& [positive, negative] = samples;
    if (positive.empty()) return {scores_of(0, 0, 0), label, std::numeric_limits<Score>::quiet_NaN()};
    detail::sort_descending(positive);
    detail::sort_descending(negative);
    const idx positives = static_cast<idx>(positive.size());
    typename result_type::of_class best{scores_of(0, 0, positives), label, infinity};
    for (std::size_t p = 0, n = 0; p < positive.size();) {
      const Score v = positive[p];
      while (p < positive.size() && positive[p] == v) ++p;
      while (n < negative.size() && negative[n] >= v) ++n;
      const f_at_threshold here = scores_of(static_cast<idx>(p), static_cast<idx>(n), positives);
      if (!(here.f1 > best.f1)) continue;
      const Score smaller =
          std::max(p < positive.size() ? positive[p] : -infinity, n < negative.size() ? negative[n] : -infinity);
      best = {here, label, smaller == -infinity ? smaller : below(v, smaller)};
    }
    return best;
  }

  /// Midway between neighbours; the lower one where the middle would round up to v itself.
  static Score below(Score v, Score smaller) {
    const Score middle = std::midpoint(v, smaller);
    return middle < v ? middle : smaller;
  }

  result_type at_each(std::span<const Score> thresholds) const {
    std::vector<typename result_type::of_class> all;
    for (std::size_t c = 0; c < classes_.size(); ++c) {
      const auto detected = [&](const std::vector<Score>& scores) {
        return std::count_if(scores.begin(), scores.end(), [&](Score s) { return s > thresholds[c]; });
      };
      const auto& [positive, negative] = samples_[c];
      all.push_back({scores_of(detected(positive), detected(negative), static_cast<idx>(positive.size())), classes_[c],
                     thresholds[c]});
    }
    return together(std::move(all));
  }

  static result_type together(std::vector<typename result_type::of_class> classes) {
    result_type r{std::move(classes), 0, {}, {}};
    idx tp = 0, fp = 0, positives = 0, defined = 0;
    for (const auto& c : r.classes) {
      if (c.positives == 0) {
        r.absent.push_back(c.label);
        continue;
      }
      tp += c.true_positives, fp += c.false_positives, positives += c.positives, ++defined;
      r.macro_f1 += c.f1;
    }
    r.macro_f1 = defined ? r.macro_f1 / static_cast<double>(defined) : std::numeric_limits<double>::quiet_NaN();
    r.micro = scores_of(tp, fp, positives);
    return r;
  }

  std::vector<std::string> classes_;
  best_f_options options_;
  std::vector<of_class> samples_;
};

using best_f = best_f_of<float>;

}  // namespace auris
