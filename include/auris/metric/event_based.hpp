#pragma once
#include <algorithm>
#include <auris/metric/detection_scores.hpp>
#include <auris/metric/event.hpp>
#include <auris/metric/maximum_matching.hpp>
#include <utility>

namespace auris {

/// How detections find their reference: the largest number of pairs, or each reference event the first that fits.
enum class event_matching { optimal, greedy };

struct event_based_options {
  double collar = 0.2;        ///< seconds by which an onset may be off
  double offset_share = 0.5;  ///< an offset may be off by the collar, or by this share of the reference's length
  bool match_offsets = true;  ///< false: offsets may be anywhere
  event_matching matching = event_matching::optimal;
  bool undefined_f1_is_zero = false;  ///< macro F1: an undefined class counts as 0; else left out
  bool sed_eval_error_rate = false;   ///< a class without reference but with false alarms: its 4.5e15 instead of NaN
};

/// The scores, counted in events.
struct event_based_result : detection_result {
  idx files;
};

/// Event-based F1 and error rate: a detection fits a reference event of its class where
///
///     |onset - onset_ref| <= collar     |offset - offset_ref| <= max(collar, offset_share (offset_ref - onset_ref))
///
/// compared as plain doubles (|1.0 - 1.2| <= 0.2 holds, |3.0 - 3.2| <= 0.2 does not, as in sed_eval). Each event is in
/// one pair at most; Ntp is the number of pairs. Of what is left over, each reference event in order takes the first
/// detection of another class that fits as its substitution. With Nref events in the reference and Nsys detected
///
///     deletions = Nref - Ntp - substitutions     insertions = Nsys - Ntp - substitutions
///     P = Ntp/Nsys     R = Ntp/Nref     F1 = 2PR/(P + R)     ER = (substitutions + deletions + insertions)/Nref
///
/// with NaN as in `segment_based`. Per class the same without substitutions.
///
/// An accumulator: `add` files in any order, `merge` what others counted, then ask for `result`. n events of which e
/// pairs fit cost O(n log n + e sqrt(n)).
///
/// Memory  a few counts per class; while adding, the pairs that fit.
/// Errors  bad events or labels, classes named twice, a collar or share that is negative or not finite, more than 2^26
///         pairs that fit in one file: then nothing is added.
/// Source  Mesaros et al. 2016, "Metrics for polyphonic sound event detection"; sed_eval 0.2.1.
///
///     event_based metric({"dog", "cat"}, {.collar = 0.2, .offset_share = 0.2});
///     const std::vector<event> reference{{0, 2, "dog"}, {3, 4, "cat"}}, estimated{{0.1, 2.3, "dog"}, {3, 3.5, "cat"}};
///     metric.add(reference, estimated).value();
///     const double f1 = metric.result().micro.f1;                      // the dog is found, the cat ends too early: 0.5
class event_based {
 public:
  explicit event_based(std::vector<std::string> classes, event_based_options options = {})
      : classes_(std::move(classes)), options_(options), counts_(classes_.size()) {}

  /// One file.
  auris::result<void> add(std::span<const event> reference, std::span<const event> estimated) {
    for (double allowed : {options_.collar, options_.offset_share})
      if (!(allowed >= 0) || !std::isfinite(allowed))
        return error{"bad collar or share", "event-based metric", "a finite number from 0", message::of(allowed)};
    if (auto good = check_classes(classes_); !good) return good;
    if (auto good = check_events(reference, classes_, "reference"); !good) return good;
    if (auto good = check_events(estimated, classes_, "estimated"); !good) return good;
    const candidates near(reference, estimated, options_);
    const auto pairs = near.fitting();
    if (!pairs) return pairs.error();
    count(reference, estimated, *pairs);
    ++files_;
    return {};
  }

  /// Adds what another accumulator of the same classes and options has counted.
  auris::result<void> merge(const event_based& other) {
    const event_based_options &a = options_, &b = other.options_;
    if (classes_ != other.classes_ || a.collar != b.collar || a.offset_share != b.offset_share ||
        a.match_offsets != b.match_offsets || a.matching != b.matching)
      return error{"cannot merge", "event-based metric", "the same classes and options"};
    for (std::size_t c = 0; c < counts_.size(); ++c) counts_[c] += other.counts_[c];
    overall_ += other.overall_;
    files_ += other.files_;
    return {};
  }

  event_based_result result() const {
    const detail::class_rules rules{options_.undefined_f1_is_zero, options_.sed_eval_error_rate};
    return {detail::scores_of(overall_, counts_, classes_, rules), files_};
  }

 private:
  /// Pairs whose times fit, whatever their labels, by reference event and then by estimate.
  class candidates {
   public:
    candidates(std::span<const event> reference, std::span<const event> estimated, const event_based_options& options)
        : reference_(reference), estimated_(estimated), options_(options), by_onset_(estimated.size()) {
      for (std::size_t i = 0; i < by_onset_.size(); ++i) by_onset_[i] = i;
      std::sort(by_onset_.begin(), by_onset_.end(),
                [&](std::size_t i, std::size_t k) { return estimated[i].onset < estimated[k].onset; });
    }

    auris::result<std::vector<matching_edge>> fitting() const {
      constexpr std::size_t most = std::size_t(1) << 26;
      std::vector<matching_edge> pairs;  // left: estimate, right: reference
      for (std::size_t r = 0; r < reference_.size(); ++r) {
        const event& truth = reference_[r];
        const double allowed = std::max(options_.collar, options_.offset_share * (truth.offset - truth.onset));
        // Where the difference rounds to the collar, it is within this much more of it.
        const double least = truth.onset - options_.collar - 1e-12 * (1 + truth.onset + options_.collar);
        const auto first = std::partition_point(by_onset_.begin(), by_onset_.end(),
                                                [&](std::size_t i) { return estimated_[i].onset < least; });
        const std::size_t begin = pairs.size();
        for (auto i = first; i != by_onset_.end(); ++i) {
          const event& found = estimated_[*i];
          if (!(std::abs(truth.onset - found.onset) <= options_.collar)) {
            if (found.onset > truth.onset) break;
            continue;
          }
          if (options_.match_offsets && !(std::abs(truth.offset - found.offset) <= allowed)) continue;
          if (pairs.size() == most)
            return error{"too many pairs of events", "event-based metric", "at most 2^26 that fit in one file"};
          pairs.push_back({static_cast<idx>(*i), static_cast<idx>(r)});
        }
        std::sort(pairs.begin() + static_cast<std::ptrdiff_t>(begin), pairs.end(),
                  [](const matching_edge& a, const matching_edge& b) { return a.left < b.left; });
      }
      return pairs;
    }

   private:
    std::span<const event> reference_, estimated_;
    const event_based_options& options_;
    std::vector<std::size_t> by_onset_;
  };

  void count(std::span<const event> reference, std::span<const event> estimated, std::span<const matching_edge> pairs) {
    const auto at = [](idx i) { return static_cast<std::size_t>(i); };
    std::vector<std::size_t> reference_class, estimated_class;
    for (const event& e : reference) reference_class.push_back(at(class_index(classes_, e.label)));
    for (const event& e : estimated) estimated_class.push_back(at(class_index(classes_, e.label)));
    std::vector<matching_edge> same;
    for (const matching_edge& p : pairs)
      if (estimated_class[at(p.left)] == reference_class[at(p.right)]) same.push_back(p);

    std::vector<idx> estimate_of(reference.size(), -1);
    std::vector<unsigned char> taken(estimated.size());
    if (options_.matching == event_matching::optimal) {
      estimate_of = maximum_matching(static_cast<idx>(estimated.size()), static_cast<idx>(reference.size()), same);
      for (idx e : estimate_of)
        if (e >= 0) taken[at(e)] = 1;
    } else {
      for (const matching_edge& p : same)
        if (estimate_of[at(p.right)] < 0 && !taken[at(p.left)])
          estimate_of[at(p.right)] = p.left, taken[at(p.left)] = 1;
    }

    detection_counts n;
    n.reference = static_cast<idx>(reference.size()), n.estimated = static_cast<idx>(estimated.size());
    for (std::size_t c : reference_class) ++counts_[c].reference;
    for (std::size_t c : estimated_class) ++counts_[c].estimated;
    for (std::size_t r = 0; r < reference.size(); ++r)
      if (estimate_of[r] >= 0) ++n.true_positives, ++counts_[reference_class[r]].true_positives;
    idx substituted = -1;  // the last reference event that has its substitution
    for (const matching_edge& p : pairs)
      if (estimate_of[at(p.right)] < 0 && p.right != substituted && !taken[at(p.left)])
        taken[at(p.left)] = 1, substituted = p.right, ++n.substitutions;
    n.deletions = n.reference - n.true_positives - n.substitutions;
    n.insertions = n.estimated - n.true_positives - n.substitutions;
    n.false_negatives = n.deletions, n.false_positives = n.insertions;
    overall_ += n;
    for (detection_counts& own : counts_) {
      own.deletions = own.false_negatives = own.reference - own.true_positives;
      own.insertions = own.false_positives = own.estimated - own.true_positives;
    }
  }

  std::vector<std::string> classes_;
  event_based_options options_;
  std::vector<detection_counts> counts_;
  detection_counts overall_;
  idx files_ = 0;
};

}  // namespace auris
