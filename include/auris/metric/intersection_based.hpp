#pragma once
#include <auris/metric/detection_scores.hpp>
#include <auris/metric/event.hpp>
#include <auris/metric/intersection.hpp>
#include <utility>

namespace auris {

struct intersection_based_options {
  intersection_criteria criteria = {};
  /// As psds_eval: a class without any event found leaves the macro mean, shares are compared as plain doubles (so that an
  /// exact half may count or not), events of length zero do not count.
  bool psds_eval_quirk = false;
};

/// The scores, counted in events. There is no error rate here: it is NaN.
struct intersection_based_result : detection_result {
  std::vector<std::vector<idx>> cross_triggers;  ///< [c][d]: false alarms of class c that lie on events of class d
};

/// Intersection-based F1. A detection is relevant where events of its class cover the share rho_DTC of it, else it is a
/// false positive; an event is a true positive where relevant detections cover the share rho_GTC of it.
///
///     F1 = 2TP/(2TP + FN + FP)     P = TP/(TP + FP)     R = TP/events
///
/// A false positive of which events of another class d cover rho_CTTC is a cross trigger on d besides. Intersections
/// and shares are compared in whole microseconds. Detections of length zero do not count.
///
/// An accumulator: `add` files in any order, `merge` what others counted, then ask for `result`. Precision, recall and
/// F1 are NaN where there is nothing to divide by, and left out of means; macro F1 is the mean over classes with events.
///
/// Cost    O(n log n) and the pairs that intersect.
/// Memory  a few counts per class and pair of classes.
/// Errors  bad events or labels, classes named twice, shares outside of [0, 1]: then nothing is added.
/// Source  Bilen et al. 2020, "A framework for the robust evaluation of sound event detection"; psds_eval.
///
///     intersection_based metric({"dog", "cat"}, {.criteria = {.detection = 0.5, .ground_truth = 0.5}});
///     const std::vector<event> reference{{0, 4, "dog"}}, estimated{{0, 1, "dog"}, {2, 3.5, "dog"}, {6, 7, "dog"}};
///     metric.add(reference, estimated).value();
///     const double f1 = metric.result().micro.f1;                      // 2.5 of 4 s, one false alarm: 2/3
class intersection_based {
 public:
  explicit intersection_based(std::vector<std::string> classes, intersection_based_options options = {})
      : classes_(std::move(classes)),
        options_(options),
        counts_(classes_.size()),
        crossed_(classes_.size(), std::vector<idx>(classes_.size())) {}

  /// One file.
  auris::result<void> add(std::span<const event> reference, std::span<const event> estimated) {
    if (auto good = detail::check_criteria(options_.criteria); !good) return good;
    if (auto good = check_classes(classes_); !good) return good;
    if (auto good = check_events(reference, classes_, "reference"); !good) return good;
    if (auto good = check_events(estimated, classes_, "estimated"); !good) return good;
    const std::vector<interval> truth = in_order(reference), found = in_order(estimated);
    std::vector<double> covered(truth.size());
    std::vector<double> shared(classes_.size());  // by class, of one detection
    std::vector<std::size_t> met;                 // reference events that the detection meets
    std::size_t oldest = 0;                       // before it all reference events have ended
    for (const interval& d : found) {
      while (oldest < truth.size() && truth[oldest].latest <= d.onset) ++oldest;
      met.clear();
      std::fill(shared.begin(), shared.end(), 0.0);
      for (std::size_t i = oldest; i < truth.size() && truth[i].onset < d.offset; ++i)
        if (truth[i].offset > d.onset) {
          met.push_back(i);
          shared[truth[i].label] += part(truth[i], d, d);
        }
      detection_counts& own = counts_[d.label];
      const double length = d.offset - d.onset;
      if (!(length > 0)) continue;
      if (enough(shared[d.label], options_.criteria.detection, length)) {
        ++own.estimated;
        for (std::size_t i : met)
          if (truth[i].label == d.label) covered[i] += part(truth[i], d, truth[i]);
        continue;
      }
      ++own.estimated, ++own.false_positives;
      for (std::size_t c = 0; c < shared.size(); ++c)
        if (c != d.label && shared[c] > 0 && enough(shared[c], options_.criteria.cross_trigger, length))
          ++crossed_[d.label][c];
    }
    for (std::size_t i = 0; i < truth.size(); ++i) {
      detection_counts& own = counts_[truth[i].label];
      const double length = truth[i].offset - truth[i].onset;
      if (options_.psds_eval_quirk && !(length > 0)) continue;
      const bool hit = enough(covered[i], options_.criteria.ground_truth, length);
      ++own.reference, own.true_positives += hit, own.false_negatives += !hit;
    }
    return {};
  }

  /// Adds what another accumulator of the same classes and options has counted.
  auris::result<void> merge(const intersection_based& other) {
    if (classes_ != other.classes_ || options_.criteria != other.options_.criteria)
      return error{"cannot merge", "intersection-based metric", "the same classes and criteria"};
    for (std::size_t c = 0; c < counts_.size(); ++c) {
      counts_[c] += other.counts_[c];
      for (std::size_t d = 0; d < counts_.size(); ++d) crossed_[c][d] += other.crossed_[c][d];
    }
    return {};
  }

  intersection_based_result result() const {
    intersection_based_result r{{}, crossed_};
    detection_counts all;
    detail::defined_mean precision, recall, f1;
    for (std::size_t c = 0; c < classes_.size(); ++c) {
      const detection_scores s = scores_of(counts_[c]);
      all += counts_[c];
      r.classes.push_back({s, classes_[c]});
      precision.add(s.precision), recall.add(s.recall);
      if (counts_[c].reference > 0 && !(options_.psds_eval_quirk && counts_[c].true_positives == 0)) f1.add(s.f1);
    }
    r.micro = scores_of(all);
    r.macro = {precision.value(), recall.value(), f1.value(), undefined};
    return r;
  }

 private:
  static constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

  struct interval {
    double onset, offset;
    std::size_t label;
    double latest;  ///< offset of this one and those before
  };

  /// What a and b share: seconds, or with psds_eval's quirk a share of `whole`; and whether a sum of that is enough.
  double part(const interval& a, const interval& b, const interval& whole) const {
    const double seconds = detail::intersection(a.onset, a.offset, b.onset, b.offset);
    return options_.psds_eval_quirk ? seconds / (whole.offset - whole.onset) : seconds;
  }
  bool enough(double sum, double share, double length) const {
    return options_.psds_eval_quirk ? sum >= share : detail::covers(sum, share, length);
  }

  std::vector<interval> in_order(std::span<const event> events) const {
    std::vector<interval> all;
    for (const event& e : events)
      all.push_back({e.onset, e.offset, static_cast<std::size_t>(class_index(classes_, e.label)), 0});
    std::sort(all.begin(), all.end(), [](const interval& a, const interval& b) { return a.onset < b.onset; });
    double latest = 0;
    for (interval& i : all) i.latest = latest = std::max(latest, i.offset);
    return all;
  }

  // As many detections are relevant as have no false alarm, but events are what is found: P from both.
  static detection_scores scores_of(const detection_counts& n) {
    const auto ratio = [](idx part, idx whole) {
      return whole ? static_cast<double>(part) / static_cast<double>(whole) : undefined;
    };
    const idx tp = n.true_positives;
    return {n,
            ratio(tp, tp + n.false_positives),
            ratio(tp, n.reference),
            ratio(2 * tp, 2 * tp + n.false_negatives + n.false_positives),
            undefined,
            undefined,
            undefined,
            undefined};
  }

  std::vector<std::string> classes_;
  intersection_based_options options_;
  std::vector<detection_counts> counts_;
  std::vector<std::vector<idx>> crossed_;
};

}  // namespace auris
