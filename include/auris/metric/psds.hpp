#pragma once
#include <algorithm>
#include <auris/metric/event.hpp>
#include <auris/metric/intersection.hpp>
#include <auris/metric/psd_roc.hpp>
#include <auris/metric/psd_runs.hpp>
#include <auris/metric/scored_frames.hpp>
#include <cmath>
#include <cstdint>
#include <utility>

namespace auris {

struct psds_options {
  intersection_criteria criteria{0.7, 0.7, 0.3};
  double alpha_ct = 0;    ///< weight of cross triggers in the effective false positive rate; 0: they are not counted
  double alpha_st = 1;    ///< weight of the deviation between classes
  double max_efpr = 100;  ///< effective false positives per hour up to which the curve counts

  bool operator==(const psds_options&) const = default;
};

/// Scenarios of DCASE task 4: 1 wants the times right, 2 the classes.
///
///     psds metric({"dog", "cat"}, psds_scenario_2);
inline constexpr psds_options psds_scenario_1{};
inline constexpr psds_options psds_scenario_2{{0.1, 0.1, 0.3}, 0.5, 1, 100};

struct psds_result {
  struct of_class {
    std::string label;
    double value;  ///< of this class alone
    idx events;
  };
  double value;                      ///< 0 to 1; NaN without classes or duration
  std::vector<of_class> classes;     ///< in the order of the list of classes
  std::vector<psd_roc_point> curve;  ///< effective true positive rate from each effective false positive rate on
};

/// Polyphonic sound detection score over all thresholds: every distinct score v of a class is one, with the runs of
/// frames that score v or more as its detections. With TP, FP and cross triggers of `intersection_based`
///
///     TPR_c = TP_c/events_c     FPR_c = FP_c per hour of recordings     CTR_c,d = CT_c,d per hour of events of d
///     eFPR_c = FPR_c + alpha_ct x mean over d != c of CTR_c,d
///     eTPR(e) = max(0, mean over c of TPR_c(e) - alpha_st x standard deviation over c)
///
/// where TPR_c(e) is the best at an eFPR_c of e or less. PSDS is the area under eTPR from 0 to max_efpr over max_efpr. A
/// class without events has TPR 0.
///
/// An accumulator: `add` files in any order, `merge` what others have collected, then ask for `result`. The runs of all
/// thresholds form a tree, which takes one pass over the frames: n scores cost O(n) and sorting what is within max_efpr. Where
/// nothing of a class can be found, scores are only looked at again if they may be within it.
/// `psds_of<double>` is for scores that are doubles.
///
/// Memory  the scores of each class in files without events of it; in the others (with cross triggers in all that have any event)
///         a score for each threshold at which false alarms change, and 16 bytes where other counts do.
/// Errors  scores that are not finite or do not fit the classes, times that do not go up or are outside of 0 to 1e9 s, bad
///         events or labels, a bad duration, shares or weights out of range: then nothing is added.
/// Source  Bilen et al. 2020; Ebbers et al. 2022, sed_scores_eval (`intersection_based.psds`), whose times in whole
///         microseconds it follows.
///
///     psds metric({"dog"}, psds_scenario_1);
///     const std::vector<float> scores{.9f, .1f, .8f};                  // frames of 1 s
///     const std::vector<event> reference{{2, 3, "dog"}};
///     metric.add(scores, 1.0, 360, reference).value();                 // hop, duration of the file in seconds
///     const double value = metric.result().value;                      // found after one false alarm in 0.1 h: 0.9
template <class Score>
class psds_of {
 public:
  explicit psds_of(std::vector<std::string> class_names, psds_options options = {})
      : classes_(std::move(class_names)), options_(options), counts_(classes_.size()), silent_(classes_.size()) {}

  /// One file: scores (frames, classes), frame k from k hop to (k + 1) hop; the file's duration in seconds.
  auris::result<void> add(std::span<const Score> scores, double hop, double duration,
                          std::span<const event> reference) {
    return add(scores, detail::frame_times(scores.size(), classes_.size(), hop), duration, reference);
  }

  /// One file whose frame k lasts from times[k] to times[k + 1]: one time more than frames.
  auris::result<void> add(std::span<const Score> scores, std::span<const double> times, double duration,
                          std::span<const event> reference) {
    if (auto good = check_options(); !good) return good;
    if (auto good = check(scores, times, duration); !good) return good;
    if (auto good = check_classes(classes_); !good) return good;
    if (auto good = check_events(reference, classes_, "reference"); !good) return good;
    std::vector<std::vector<detail::psd_interval>> truth(classes_.size());
    for (const event& e : reference)
      truth[static_cast<std::size_t>(class_index(classes_, e.label))].push_back({e.onset, e.offset});
    detail::psd_runs<Score> runs(options_.criteria);
    std::vector<typename detail::psd_runs<Score>::other_class> others;
    for (std::size_t c = 0; c < classes_.size(); ++c) {
      others.clear();
      for (std::size_t d = 0; options_.alpha_ct > 0 && d < classes_.size(); ++d)
        if (d != c && !truth[d].empty()) others.push_back({static_cast<std::int32_t>(d), truth[d]});
      if (truth[c].empty() && others.empty() && options_.criteria.detection > 0)
        silent_.add(scores, c);
      else
        runs.add(scores, classes_.size(), c, times, truth[c], others, counts_[c].changes);
      counts_[c].events += static_cast<idx>(truth[c].size());
      for (const detail::psd_interval& i : truth[c]) counts_[c].event_seconds += i.offset - i.onset;
    }
    duration_ += duration;
    return {};
  }

  /// Adds what another accumulator of the same classes and options has collected.
  auris::result<void> merge(const psds_of& other) {
    if (classes_ != other.classes_ || options_ != other.options_)
      return error{"cannot merge", "PSDS", "the same classes and options"};
    for (std::size_t c = 0; c < counts_.size(); ++c) {
      counts_[c].changes.append(detail::psd_changes<Score>(other.counts_[c].changes));  // a copy: it may be this one
      counts_[c].events += other.counts_[c].events;
      counts_[c].event_seconds += other.counts_[c].event_seconds;
    }
    silent_.append(detail::psd_silent_files<Score>(other.silent_));
    duration_ += other.duration_;
    return {};
  }

  psds_result result() const {
    const double undefined = std::numeric_limits<double>::quiet_NaN();
    if (!(duration_ > 0) || classes_.empty()) {
      psds_result empty{undefined, {}, {}};
      for (std::size_t c = 0; c < classes_.size(); ++c)
        empty.classes.push_back({classes_[c], undefined, counts_[c].events});
      return empty;
    }
    psds_result r{0, {}, {}};
    std::vector<std::vector<double>> steps;
    for (std::size_t c = 0; c < classes_.size(); ++c) {
      const detail::psd_rates rates{c, duration_, options_.alpha_ct, options_.max_efpr, event_seconds()};
      steps.push_back(detail::psd_roc_steps(counts_[c].changes, silent_, counts_[c].events, rates));
      double area = 0;
      for (double e : steps[c])
        if (e < options_.max_efpr) area += (options_.max_efpr - e) / static_cast<double>(counts_[c].events);
      r.classes.push_back({classes_[c], area / options_.max_efpr, counts_[c].events});
    }
    r.curve = detail::psd_roc_of_classes(steps, options_.alpha_st, options_.max_efpr);
    for (std::size_t i = 0; i < r.curve.size(); ++i) {
      const double end = i + 1 < r.curve.size() ? r.curve[i + 1].efpr : options_.max_efpr;
      r.value += r.curve[i].etpr * (end - r.curve[i].efpr) / options_.max_efpr;
    }
    return r;
  }

 private:
  struct of_class {
    detail::psd_changes<Score> changes;
    idx events = 0;
    double event_seconds = 0;
  };

  auris::result<void> check_options() const {
    if (auto good = detail::check_criteria(options_.criteria); !good) return good;
    for (double weight : {options_.alpha_ct, options_.alpha_st})
      if (!(weight >= 0) || !std::isfinite(weight))
        return error{"bad weight", "PSDS", "a finite number from 0", message::of(weight)};
    if (!(options_.max_efpr > 0) || !std::isfinite(options_.max_efpr))
      return error{"bad rate", "PSDS", "a positive number of false positives per hour", message::of(options_.max_efpr)};
    return {};
  }

  auris::result<void> check(std::span<const Score> scores, std::span<const double> times, double duration) const {
    if (auto good = detail::check_scores(scores, times, classes_, "PSDS"); !good) return good;
    for (std::size_t k = 0; k < times.size(); ++k)
      if (!(times[k] <= 1e9) || (k ? !(times[k] > times[k - 1]) : !(times[k] >= 0)))
        return error{"bad frame time", message::of("time ", k), "0 to 1e9 s, after the one before",
                     message::of(times[k])};
    if (!(duration >= 0) || !(duration <= 1e9))
      return error{"bad duration", "PSDS", "0 to 1e9 s", message::of(duration)};
    return {};
  }

  std::vector<double> event_seconds() const {
    std::vector<double> seconds;
    for (const of_class& own : counts_) seconds.push_back(own.event_seconds);
    return seconds;
  }

  std::vector<std::string> classes_;
  psds_options options_;
  std::vector<of_class> counts_;
  detail::psd_silent_files<Score> silent_;
  double duration_ = 0;
};

using psds = psds_of<float>;

}  // namespace auris
