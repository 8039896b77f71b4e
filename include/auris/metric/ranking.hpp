#pragma once
#include <auris/core/result.hpp>
#include <auris/core/shape.hpp>
#include <auris/metric/detection_scores.hpp>
#include <auris/metric/sort_scores.hpp>
#include <cmath>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace auris {

/// How well scores tell samples with a label from those without. NaN where that is undefined.
struct ranking_scores {
  double roc_auc, average_precision;
  idx positives = 0, negatives = 0;
};

struct ranking_result {
  ranking_scores micro;                 ///< of all (sample, class) pairs together
  ranking_scores macro;                 ///< means over the classes where they are defined; NaN without any
  std::vector<ranking_scores> classes;  ///< of each class
};

/// Area under the ROC curve and average precision, of scores and labels (samples, classes).
///
/// ROC AUC is the share of (positive, negative) pairs of samples where the positive one has the higher score; equal
/// scores count half. Average precision: scores in descending order, equal ones together; after each group n with
/// precision P_n and recall R_n
///
///     AP = sum over n of (R_n - R_{n-1}) P_n     R_0 = 0
///
/// without interpolation. A class without positives, or for ROC AUC without negatives, is undefined (NaN) and left out
/// of the macro mean.
///
/// An accumulator: `add` samples in any order, `merge` what others have collected, then ask for `result`. n samples cost
/// O(n log n) at most. `ranking_of<double>` is for scores that are doubles.
///
/// Memory  one number per sample and class; twice that again while `result` is computed.
/// Errors  scores that are NaN, scores or labels that do not fit the classes, labels other than 0 and 1: then nothing
///         is added.
/// Source  scikit-learn, `roc_auc_score`, `average_precision_score`.
///
///     ranking metric(2);
///     const std::vector<float> scores{.9f, .2f, .3f, .6f, .4f, .7f};   // 3 samples of 2 classes
///     const std::vector<unsigned char> labels{1, 0, 0, 1, 1, 0};
///     metric.add(scores, labels).value();
///     const ranking_result r = metric.result();                        // class 1: AUC 0.5, AP 0.5
template <class Score>
class ranking_of {
 public:
  explicit ranking_of(idx classes) : positives_(size_of(classes)), negatives_(size_of(classes)) {}

  /// Samples: scores and labels (samples, classes), row-major.
  auris::result<void> add(std::span<const Score> scores, std::span<const unsigned char> labels) {
    const std::size_t classes = positives_.size();
    if (scores.size() != labels.size() || (classes ? scores.size() % classes != 0 : !scores.empty()))
      return error{"scores and labels do not fit", "ranking metric", message::of("rows of ", classes, " of both"),
                   message::of(scores.size(), " scores, ", labels.size(), " labels")};
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (std::isnan(scores[i]))
        return error{"bad score", message::of("sample ", i / classes, ", class ", i % classes), "a number", "nan"};
      if (labels[i] > 1)
        return error{"bad label", message::of("sample ", i / classes, ", class ", i % classes), "0 or 1",
                     message::of(int(labels[i]))};
    }
    for (std::size_t i = 0; i < scores.size(); i += classes)
      for (std::size_t c = 0; c < classes; ++c) (labels[i + c] ? positives_ : negatives_)[c].push_back(scores[i + c]);
    return {};
  }

  /// Adds what another accumulator of as many classes has collected.
  auris::result<void> merge(const ranking_of& other) {
    if (positives_.size() != other.positives_.size())
      return error{"cannot merge", "ranking metric", message::of(positives_.size(), " classes"),
                   message::of(other.positives_.size())};
    for (std::size_t c = 0; c < positives_.size(); ++c) {
      append(positives_[c], other.positives_[c]);
      append(negatives_[c], other.negatives_[c]);
    }
    return {};
  }

  ranking_result result() const {
    ranking_result r{};
    detail::defined_mean roc_auc, average_precision;
    std::vector<std::vector<group>> sorted;
    for (std::size_t c = 0; c < positives_.size(); ++c) {
      sorted.push_back(groups_of(positives_[c], negatives_[c]));
      r.classes.push_back(scores_of(sorted.back()));
      r.macro.positives += r.classes[c].positives, r.macro.negatives += r.classes[c].negatives;
      roc_auc.add(r.classes[c].roc_auc), average_precision.add(r.classes[c].average_precision);
    }
    r.macro.roc_auc = roc_auc.value(), r.macro.average_precision = average_precision.value();
    for (std::size_t width = 1; width < sorted.size(); width *= 2)
      for (std::size_t i = 0; i + width < sorted.size(); i += 2 * width)
        sorted[i] = together(sorted[i], sorted[i + width]);
    r.micro = scores_of(sorted.empty() ? std::vector<group>{} : sorted[0]);
    return r;
  }

 private:
  /// Samples of equal score.
  struct group {
    Score score;
    idx positives, negatives;
  };

  static std::size_t size_of(idx classes) { return classes < 0 ? 0 : static_cast<std::size_t>(classes); }

  static void append(std::vector<Score>& to, std::vector<Score> more) {  // a copy: it may be the same list
    to.insert(to.end(), more.begin(), more.end());
  }

  static std::vector<group> groups_of(std::vector<Score> positives, std::vector<Score> negatives) {
    detail::sort_descending(positives);
    detail::sort_descending(negatives);
    std::vector<group> groups;
    for (std::size_t p = 0, n = 0; p < positives.size() || n < negatives.size();) {
      const bool positive = n == negatives.size() || (p < positives.size() && positives[p] >= negatives[n]);
      const Score score = positive ? positives[p] : negatives[n];
      const std::size_t first_p = p, first_n = n;
      while (p < positives.size() && positives[p] == score) ++p;
      while (n < negatives.size() && negatives[n] == score) ++n;
      groups.push_back({score, static_cast<idx>(p - first_p), static_cast<idx>(n - first_n)});
    }
    return groups;
  }

  static std::vector<group> together(const std::vector<group>& a, const std::vector<group>& b) {
    std::vector<group> all;
    all.reserve(a.size() + b.size());
    for (std::size_t i = 0, k = 0; i < a.size() || k < b.size();) {
      const bool both = i < a.size() && k < b.size() && a[i].score == b[k].score;
      if (both) {
        all.push_back({a[i].score, a[i].positives + b[k].positives, a[i].negatives + b[k].negatives});
        ++i, ++k;
      } else {
        const bool first = k == b.size() || (i < a.size() && a[i].score > b[k].score);
        all.push_back(first ? a[i++] : b[k++]);
      }
    }
    return all;
  }

  static ranking_scores scores_of(const std::vector<group>& groups) {
    ranking_scores r{0, 0, 0, 0};
    double pairs = 0;
    for (const group& g : groups) {
      const double above = static_cast<double>(r.positives), new_positives = static_cast<double>(g.positives);
      pairs += static_cast<double>(g.negatives) * (above + new_positives / 2);
      r.positives += g.positives, r.negatives += g.negatives;
      if (g.positives)
        r.average_precision +=
            new_positives * static_cast<double>(r.positives) / static_cast<double>(r.positives + r.negatives);
    }
    // 0/0, undefined, where there is nothing to divide by
    r.roc_auc = pairs / (static_cast<double>(r.positives) * static_cast<double>(r.negatives));
    r.average_precision /= static_cast<double>(r.positives);
    return r;
  }

  std::vector<std::vector<Score>> positives_, negatives_;  // by class
};

using ranking = ranking_of<float>;

}  // namespace auris
