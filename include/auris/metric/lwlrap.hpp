#pragma once
#include <algorithm>
#include <auris/core/result.hpp>
#include <auris/core/shape.hpp>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

namespace auris {

struct lwlrap_result {
  double value;                 ///< NaN without true labels
  std::vector<double> classes;  ///< mean precision of each class; NaN where it is true nowhere
  std::vector<double> weights;  ///< share of each class of all true labels
};

/// Label-weighted label-ranking average precision. In each sample classes are ranked by score, the highest first, equal
/// ones with the higher class first; a true label at place q (from 0) has
///
///     precision = (number of true labels at places 0 to q)/(q + 1)
///
/// The value is the mean over all true labels: the sum of weight x class mean. Samples without true labels count nothing.
///
/// An accumulator: `add` samples in any order, `merge` what others have summed, then ask for `result`.
///
/// Memory  two numbers per class.
/// Errors  scores that are NaN, scores or labels that do not fit the classes, labels other than 0 and 1: then nothing
///         is added.
/// Source  DCASE 2019 task 2; numpy's reversed `argsort` where it is stable.
///
///     lwlrap metric(3);
///     const std::vector<float> scores{.3f, .7f, .1f};                  // one sample
///     const std::vector<unsigned char> labels{1, 0, 1};
///     metric.add(std::span<const float>(scores), labels).value();
///     const double value = metric.result().value;                      // (1/2 + 2/3)/2
class lwlrap {
 public:
  explicit lwlrap(idx classes)
      : sums_(classes < 0 ? 0 : static_cast<std::size_t>(classes)), counts_(sums_.size()), order_(sums_.size()) {}

  /// Samples: scores (float or double) and labels (samples, classes), row-major.
  template <class Score>
  auris::result<void> add(std::span<const Score> scores, std::span<const unsigned char> labels) {
    const std::size_t classes = sums_.size();
    if (scores.size() != labels.size() || (classes ? scores.size() % classes != 0 : !scores.empty()))
      return error{"scores and labels do not fit", "lwlrap", message::of("rows of ", classes, " of both"),
                   message::of(scores.size(), " scores, ", labels.size(), " labels")};
    for (std::size_t i = 0; i < scores.size(); ++i)
      if (std::isnan(scores[i]) || labels[i] > 1)
        return error{"bad score or label", message::of("sample ", i / classes, ", class ", i % classes),
                     "a number, and 0 or 1", message::of(scores[i], " and ", int(labels[i]))};
    for (std::size_t i = 0; i < scores.size(); i += classes)
      add_sample(scores.subspan(i, classes), labels.subspan(i, classes));
    return {};
  }

  /// Adds what another accumulator of as many classes has summed.
  auris::result<void> merge(const lwlrap& other) {
    if (sums_.size() != other.sums_.size())
      return error{"cannot merge", "lwlrap", message::of(sums_.size(), " classes"), message::of(other.sums_.size())};
    for (std::size_t c = 0; c < sums_.size(); ++c) sums_[c] += other.sums_[c], counts_[c] += other.counts_[c];
    return {};
  }

  lwlrap_result result() const {
    constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
    lwlrap_result r{undefined, {}, {}};
    double sum = 0;
    idx all = 0;
    for (std::size_t c = 0; c < sums_.size(); ++c) sum += sums_[c], all += counts_[c];
    if (all > 0) r.value = sum / static_cast<double>(all);
    for (std::size_t c = 0; c < sums_.size(); ++c) {
      const double n = static_cast<double>(counts_[c]);
      r.classes.push_back(counts_[c] ? sums_[c] / n : undefined);
      r.weights.push_back(all > 0 ? n / static_cast<double>(all) : 0);
    }
    return r;
  }

 private:
  template <class Score>
  void add_sample(std::span<const Score> scores, std::span<const unsigned char> labels) {
    if (std::find(labels.begin(), labels.end(), 1) == labels.end()) return;
    for (std::size_t c = 0; c < order_.size(); ++c) order_[c] = c;
    std::sort(order_.begin(), order_.end(),
              [&](std::size_t a, std::size_t b) { return scores[a] != scores[b] ? scores[a] > scores[b] : a > b; });
    double found = 0;
    for (std::size_t place = 0; place < order_.size(); ++place) {
      const std::size_t c = order_[place];
      if (!labels[c]) continue;
      sums_[c] += ++found / static_cast<double>(place + 1);
      ++counts_[c];
    }
  }

  std::vector<double> sums_;
  std::vector<idx> counts_;
  std::vector<std::size_t> order_;  // of one sample
};

}  // namespace auris
