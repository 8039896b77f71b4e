#pragma once
#include <auris/metric/detection_scores.hpp>
#include <auris/metric/event_roll.hpp>
#include <utility>

namespace auris {

struct segment_based_options {
  double resolution = 1.0;            ///< seconds per segment
  bool undefined_f1_is_zero = false;  ///< macro F1: an undefined class counts as 0 (DCASE 2023 task 4B); else left out
  bool sed_eval_error_rate = false;   ///< a class without reference but with false alarms: its 4.5e15 instead of NaN
};

/// The scores, counted in active (segment, class) pairs.
struct segment_based_result : detection_result {
  double seconds;  ///< evaluated length
  idx segments, files;
};

/// Segment-based F1 and error rate. Per segment, over classes: Ntp active in both, Nref in the reference, Nsys in the estimate.
///
///     S = min(Nref, Nsys) - Ntp     D = max(0, Nref - Nsys)     I = max(0, Nsys - Nref)
///
/// all summed over segments and files. P = Ntp/Nsys (NaN if Nsys = 0), R = Ntp/Nref (NaN if Nref = 0),
/// F1 = 2PR/(P + R) (0 if both are 0, NaN if one is NaN), ER = (S + D + I)/(Nref + 2.2e-16). Per class the same with
/// D = Nfn, I = Nfp and no substitutions; a class without reference that has false alarms has no error rate (NaN).
///
/// An accumulator: `add` files in any order, `merge` what other threads or machines counted, then ask for `result`.
/// A file's length is its largest offset in reference or estimate, or the given one.
///
/// Memory  a few counts per class; while adding, two event rolls of the file.
/// Errors  bad events or labels, classes named twice, a bad resolution or length: then nothing is added.
/// Source  Mesaros et al. 2016, "Metrics for polyphonic sound event detection"; sed_eval 0.2.1.
///
///     segment_based metric({"dog", "cat"}, {.resolution = 1.0});
///     const std::vector<event> reference{{0, 2, "dog"}}, estimated{{0, 3, "dog"}};
///     metric.add(reference, estimated).value();
///     const double f1 = metric.result().micro.f1;                      // P 2/3, R 1: 0.8
class segment_based {
 public:
  explicit segment_based(std::vector<std::string> classes, segment_based_options options = {})
      : classes_(std::move(classes)), options_(options), counts_(classes_.size()) {}

  auris::result<void> add(std::span<const event> reference, std::span<const event> estimated) {
    double length = 0;
    for (auto events : {reference, estimated})
      for (const event& e : events) length = e.offset > length ? e.offset : length;
    return add(reference, estimated, length);
  }

  auris::result<void> add(std::span<const event> reference, std::span<const event> estimated, double length) {
    if (auto good = check_classes(classes_); !good) return good;
    if (auto good = check_events(reference, classes_, "reference"); !good) return good;
    if (auto good = check_events(estimated, classes_, "estimated"); !good) return good;
    const auto rows = event_roll::rows_of(length, options_.resolution, static_cast<idx>(classes_.size()));
    if (!rows) return rows.error();
    const auto truth = event_roll::create(reference, classes_, options_.resolution, *rows);
    if (!truth) return truth.error();
    const auto found = event_roll::create(estimated, classes_, options_.resolution, *rows);
    if (!found) return found.error();
    for (idx row = 0; row < *rows; ++row) count(*truth, *found, row);
    seconds_ += length, segments_ += *rows, ++files_;
    return {};
  }

  /// Adds what another accumulator of the same classes and options has counted.
  auris::result<void> merge(const segment_based& other) {
    if (classes_ != other.classes_ || options_.resolution != other.options_.resolution)
      return error{"cannot merge", "segment-based metric", "the same classes and resolution"};
    for (std::size_t c = 0; c < counts_.size(); ++c) counts_[c] += other.counts_[c];
    overall_ += other.overall_;
    seconds_ += other.seconds_, segments_ += other.segments_, files_ += other.files_;
    return {};
  }

  segment_based_result result() const {
    const detail::class_rules rules{options_.undefined_f1_is_zero, options_.sed_eval_error_rate};
    return {detail::scores_of(overall_, counts_, classes_, rules), seconds_, segments_, files_};
  }

 private:
  void count(const event_roll& truth, const event_roll& found, idx row) {
    detection_counts n;
    for (idx c = 0; c < truth.classes; ++c) {
      const bool is = truth(row, c), said = found(row, c);
      detection_counts& own = counts_[static_cast<std::size_t>(c)];
      own.reference += is, own.estimated += said, own.true_positives += is && said;
      own.false_positives += said && !is, own.insertions += said && !is;
      own.false_negatives += is && !said, own.deletions += is && !said;
      n.reference += is, n.estimated += said, n.true_positives += is && said;
      n.false_positives += said && !is, n.false_negatives += is && !said;
    }
    n.substitutions = (n.reference < n.estimated ? n.reference : n.estimated) - n.true_positives;
    n.deletions = n.reference > n.estimated ? n.reference - n.estimated : 0;
    n.insertions = n.estimated > n.reference ? n.estimated - n.reference : 0;
    overall_ += n;
  }

  std::vector<std::string> classes_;
  segment_based_options options_;
  std::vector<detection_counts> counts_;
  detection_counts overall_;
  double seconds_ = 0;
  idx segments_ = 0, files_ = 0;
};

}  // namespace auris
