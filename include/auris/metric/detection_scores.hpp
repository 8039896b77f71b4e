#pragma once
#include <auris/core/shape.hpp>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace auris {

/// What a metric of detections counts, in its own units: segments, or events. One class, or all together.
///
///     detection_counts n{.true_positives = 3, .false_positives = 4, .false_negatives = 2, .reference = 5, .estimated = 7};
///     n += n;                                                          // of two files
struct detection_counts {
  idx true_positives = 0, false_positives = 0, false_negatives = 0;
  idx reference = 0, estimated = 0;  ///< how many there are, and how many were detected
  idx substitutions = 0, deletions = 0, insertions = 0;

  detection_counts& operator+=(const detection_counts& o) {
    true_positives += o.true_positives, false_positives += o.false_positives, false_negatives += o.false_negatives;
    reference += o.reference, estimated += o.estimated;
    substitutions += o.substitutions, deletions += o.deletions, insertions += o.insertions;
    return *this;
  }
  bool operator==(const detection_counts&) const = default;
};

/// Scores of one class or of all together. An undefined one is NaN.
struct detection_scores {
  detection_counts counts;
  double precision, recall, f1;
  double error_rate, substitution_rate, deletion_rate, insertion_rate;
};

/// Scores of all classes together, their mean over classes, and those of each class.
struct detection_result {
  struct of_class : detection_scores {
    std::string label;
  };
  struct average {
    double precision, recall, f1, error_rate;
  };
  detection_scores micro;         ///< from the counts of all classes
  average macro;                  ///< mean over the classes where the score is defined; NaN without any
  std::vector<of_class> classes;  ///< in the order of the list of classes
};

namespace detail {

/// How scores of classes become one figure: see `segment_based_options`.
struct class_rules {
  bool undefined_f1_is_zero = false, sed_eval_error_rate = false;
};

/// The mean of what is not NaN; NaN of nothing.
class defined_mean {
 public:
  void add(double v) {
    if (!std::isnan(v)) sum_ += v, ++n_;
  }
  double value() const { return n_ ? sum_ / static_cast<double>(n_) : std::numeric_limits<double>::quiet_NaN(); }

 private:
  double sum_ = 0;
  idx n_ = 0;
};

inline detection_scores scores_of(const detection_counts& n, bool error_rate_without_reference) {
  const double undefined = std::numeric_limits<double>::quiet_NaN();
  const auto ratio = [&](idx part, idx whole) {
    return whole ? static_cast<double>(part) / static_cast<double>(whole) : undefined;
  };
  const double p = ratio(n.true_positives, n.estimated), r = ratio(n.true_positives, n.reference);
  const double f1 = p + r == 0 ? 0 : 2 * p * r / (p + r);
  const bool spurious = n.reference == 0 && n.estimated > 0 && !error_rate_without_reference;
  const auto rate = [&](idx errors) {
    constexpr double tiny = std::numeric_limits<double>::epsilon();
    return spurious ? undefined : static_cast<double>(errors) / (static_cast<double>(n.reference) + tiny);
  };
  return {n,
          p,
          r,
          f1,
          rate(n.substitutions + n.deletions + n.insertions),
          rate(n.substitutions),
          rate(n.deletions),
          rate(n.insertions)};
}

/// All scores from the counts of all classes together and of each class.
inline detection_result scores_of(const detection_counts& overall, std::span<const detection_counts> counts,
                                  std::span<const std::string> classes, class_rules rules) {
  detection_result r{scores_of(overall, true), {}, {}};
  defined_mean precision, recall, f1, error_rate;
  for (std::size_t c = 0; c < counts.size(); ++c) {
    const detection_scores s = scores_of(counts[c], rules.sed_eval_error_rate);
    r.classes.push_back({s, classes[c]});
    precision.add(s.precision), recall.add(s.recall), error_rate.add(s.error_rate);
    f1.add(rules.undefined_f1_is_zero && std::isnan(s.f1) ? 0 : s.f1);
  }
  r.macro = {precision.value(), recall.value(), f1.value(), error_rate.value()};
  return r;
}

}  // namespace detail
}  // namespace auris
