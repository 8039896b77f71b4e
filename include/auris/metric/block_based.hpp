#pragma once
#include <auris/core/result.hpp>
#include <auris/core/shape.hpp>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

namespace auris {

struct block_based_options {
  idx block = 50;             ///< rows of a block
  bool drop_last_row = true;  ///< of every block but those of one row, as the reference's slice does
};

struct block_based_result {
  double f1, precision, recall;  ///< over all blocks, the last one may be shorter
  double error_rate;             ///< over whole blocks; NaN where the reference has nothing there
};

/// F1 and error rate of sound event localisation and detection, over blocks of frames: a class is active in a block
/// where it is in one of its rows. With TP, Nsys and Nref active (block, class) pairs
///
///     P = TP/(Nsys + 1e-8)     R = TP/(Nref + 1e-8)     F1 = 2PR/(P + R + 1e-8)     ER = (S + D + I)/Nref
///
/// with S, D, I per block as in `segment_based`. F1 counts ceil(n/b) blocks of n rows, ER only the floor(n/b) whole
/// ones; the last row of each block of b rows, its row b - 1, is left out (`drop_last_row`). Both are what the reference
/// code does. Blocks of one row (`block = 1`) are frames.
///
/// An accumulator: `add` matrices, `merge` what others have counted, then ask for `result`. Blocks begin anew in each
/// matrix; the reference joins all files of a set before.
///
/// Memory  a few counts.
/// Errors  matrices that do not fit, values other than 0 and 1, blocks without rows: then nothing is added.
/// Source  metrics of DCASE 2019 task 3, as in the code of Jung et al. 2021, "DcaseNet".
///
///     block_based metric(2, {.block = 3});
///     const std::vector<unsigned char> found{1, 0, 1, 0, 0, 1}, truth{1, 0, 0, 0, 0, 1};     // 3 rows of 2 classes
///     metric.add(truth, found).value();
///     const double error_rate = metric.result().error_rate;            // rows 0 and 1: class 0 in both, 0
class block_based {
 public:
  explicit block_based(idx classes, block_based_options options = {}) : classes_(classes), options_(options) {}

  /// Activity of reference and estimate, (rows, classes), row-major, 0 or 1.
  auris::result<void> add(std::span<const unsigned char> reference, std::span<const unsigned char> estimated) {
    const std::size_t classes = classes_ < 1 ? 0 : static_cast<std::size_t>(classes_);
    if (options_.block < 1)
      return error{"bad block", "block-based metric", "1 row or more", message::of(options_.block)};
    if (reference.size() != estimated.size() || classes == 0 || reference.size() % classes != 0)
      return error{"matrices do not fit", "block-based metric", message::of("rows of ", classes_, " classes in both"),
                   message::of(reference.size(), " and ", estimated.size(), " values")};
    for (auto matrix : {reference, estimated})
      for (std::size_t i = 0; i < matrix.size(); ++i)
        if (matrix[i] > 1)
          return error{"bad activity", message::of("row ", i / classes, ", class ", i % classes), "0 or 1",
                       message::of(int(matrix[i]))};
    const std::size_t rows = reference.size() / classes, block = static_cast<std::size_t>(options_.block);
    const std::size_t used = options_.drop_last_row && block > 1 ? block - 1 : block;
    for (std::size_t begin = 0; begin < rows; begin += block) {
      const bool whole = begin + block <= rows;
      const std::size_t end = begin + used < rows ? begin + used : rows;
      idx both = 0, truth = 0, found = 0;
      for (std::size_t c = 0; c < classes; ++c) {
        bool is = false, said = false;
        for (std::size_t k = begin; k < end; ++k)
          is = is || reference[k * classes + c], said = said || estimated[k * classes + c];
        both += is && said, truth += is, found += said;
      }
      true_positives_ += both, reference_ += truth, estimated_ += found;
      // S + D + I = max(Nref, Nsys) - TP
      if (whole) whole_reference_ += truth, errors_ += (truth > found ? truth : found) - both;
    }
    return {};
  }

  /// Adds what another accumulator of the same classes and options has counted.
  auris::result<void> merge(const block_based& other) {
    if (classes_ != other.classes_ || options_.block != other.options_.block ||
        options_.drop_last_row != other.options_.drop_last_row)
      return error{"cannot merge", "block-based metric", "the same classes and options"};
    true_positives_ += other.true_positives_, reference_ += other.reference_, estimated_ += other.estimated_;
    whole_reference_ += other.whole_reference_, errors_ += other.errors_;
    return {};
  }

  block_based_result result() const {
    constexpr double tiny = 1e-8;
    const double tp = static_cast<double>(true_positives_);
    const double p = tp / (static_cast<double>(estimated_) + tiny), r = tp / (static_cast<double>(reference_) + tiny);
    const double error_rate = whole_reference_ ? static_cast<double>(errors_) / static_cast<double>(whole_reference_)
                                               : std::numeric_limits<double>::quiet_NaN();
    return {2 * p * r / (p + r + tiny), p, r, error_rate};
  }

 private:
  idx classes_;
  block_based_options options_;
  idx true_positives_ = 0, reference_ = 0, estimated_ = 0, whole_reference_ = 0, errors_ = 0;
};

}  // namespace auris
