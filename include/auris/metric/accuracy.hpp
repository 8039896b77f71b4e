#pragma once
#include <auris/core/result.hpp>
#include <auris/core/shape.hpp>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

namespace auris {

/// The index of the largest number, the lowest one on ties; -1 of nothing.
///
///     const std::vector<float> scores{0.1f, 0.7f, 0.7f};
///     const idx best = argmax(std::span<const float>(scores));         // 1
template <class T>
idx argmax(std::span<const T> x) {
  idx best = x.empty() ? -1 : 0;
  for (std::size_t i = 1; i < x.size(); ++i)
    if (x[i] > x[static_cast<std::size_t>(best)]) best = static_cast<idx>(i);
  return best;
}

struct accuracy_result {
  idx correct = 0, total = 0;
  double value;  ///< correct/total; NaN of nothing
};

/// The share of items whose highest class score (`argmax`) is at the right class. The scores of an item's crops are
/// averaged first.
///
/// An accumulator: `add` items in any order, `merge` what others have counted, then ask for `result`.
///
/// Memory  two numbers.
/// Errors  scores that are not finite or not a whole number of rows, a label that is no class: then nothing is added.
/// Source  the papers' tables of acoustic scene classification and audio tagging (Jung et al. 2021: in percent).
///
///     accuracy metric(3);
///     const std::vector<float> two_crops{.5f, .3f, .2f, .1f, .8f, .1f};      // means .3, .55, .15
///     metric.add(two_crops, 1).value();
///     const double value = metric.result().value;                            // 1
class accuracy {
 public:
  explicit accuracy(idx classes) : classes_(classes) {}

  /// One item: scores (crops, classes), its class.
  auris::result<void> add(std::span<const float> scores, idx label) {
    if (classes_ < 1 || scores.empty() || scores.size() % static_cast<std::size_t>(classes_) != 0)
      return error{"scores do not fit the classes", "accuracy", message::of("crops of ", classes_, " scores"),
                   message::of(scores.size())};
    if (auto good = check(scores); !good) return good;
    if (auto good = check(label); !good) return good;
    std::vector<double> sums(static_cast<std::size_t>(classes_));
    for (std::size_t i = 0; i < scores.size(); ++i) sums[i % sums.size()] += static_cast<double>(scores[i]);
    correct_ += argmax(std::span<const double>(sums)) == label;
    ++total_;
    return {};
  }

  /// Many items (or frames) of one crop each: scores (items, classes), the class of each.
  auris::result<void> add(std::span<const float> scores, std::span<const int> labels) {
    if (classes_ < 1 || scores.size() != labels.size() * static_cast<std::size_t>(classes_))
      return error{"scores do not fit the labels", "accuracy", message::of(labels.size(), " x ", classes_, " scores"),
                   message::of(scores.size())};
    if (auto good = check(scores); !good) return good;
    for (int label : labels)
      if (auto good = check(label); !good) return good;
    const std::size_t classes = static_cast<std::size_t>(classes_);
    for (std::size_t i = 0; i < labels.size(); ++i)
      correct_ += argmax(scores.subspan(i * classes, classes)) == labels[i];
    total_ += static_cast<idx>(labels.size());
    return {};
  }

  /// Adds what another accumulator of as many classes has counted.
  auris::result<void> merge(const accuracy& other) {
    if (classes_ != other.classes_)
      return error{"cannot merge", "accuracy", message::of(classes_, " classes"), message::of(other.classes_)};
    correct_ += other.correct_, total_ += other.total_;
    return {};
  }

  accuracy_result result() const {
    const double undefined = std::numeric_limits<double>::quiet_NaN();
    return {correct_, total_, total_ ? static_cast<double>(correct_) / static_cast<double>(total_) : undefined};
  }

 private:
  auris::result<void> check(std::span<const float> scores) const {
    for (std::size_t i = 0; i < scores.size(); ++i)
      if (!std::isfinite(scores[i]))
        return error{"bad score", message::of("accuracy, score ", i), "a finite number", message::of(scores[i])};
    return {};
  }
  auris::result<void> check(idx label) const {
    if (label < 0 || label >= classes_)
      return error{"no such class", "accuracy", message::of("0 to ", classes_ - 1), message::of(label)};
    return {};
  }

  idx classes_, correct_ = 0, total_ = 0;
};

}  // namespace auris
