#include <auris/backend/cpu/block_sum.hpp>
#include <auris/backend/cpu/loops.hpp>
#include <auris/backend/cpu/loss.hpp>
#include <auris/backend/cpu/matrix_transpose.hpp>
#include <limits>

namespace auris {
namespace detail {

/// The weights of the classes in one row after the other, those of its item; null where none are given.
class class_weight_rows {
 public:
  template <class Size>
  class_weight_rows(const Size& s, const float* class_mask, idx row) noexcept
      : classes_(s.classes), rows_(class_mask ? s.rows / s.items : s.rows), left_(rows_ - row % rows_) {
    at_ = moved(class_mask, row / rows_ * classes_);
  }
  const float* operator*() const noexcept { return at_; }
  void operator++() noexcept {
    if (--left_ > 0) return;
    left_ = rows_;
    at_ = moved(at_, classes_);
  }

 private:
  idx classes_, rows_, left_;
  const float* at_;
};

/// The weights of elements [begin, begin + count) of the rows; writes up to the end of a line behind them.
template <class Size>
void element_weights(const Size& s, const float* mask, const float* class_mask, idx begin, idx count,
                     float* weight) noexcept {
  idx row = begin / s.classes, first = begin % s.classes;
  class_weight_rows classes(s, class_mask, row);
  for (idx i = 0; i < count; ++row, ++classes, first = 0) {
    const float own = mask ? mask[row] : 1;
    const float* const of_class = moved(*classes, first);
    const idx left = s.classes - first, some = left < count - i ? left : count - i;
    if (of_class && own != 0)
      for (idx c = 0; c < some; ++c) weight[i + c] = own * of_class[c];
    else
      for (idx c = 0; c < some; c += line)
        for (idx q = 0; q < line; ++q) weight[i + c + q] = own;
    i += some;
  }
}

using loss_terms = loop<idx, const float*, const float*, const float*, loss_numbers*, float*>;
/// Adds scale / divisor * sum of weighted terms and its gradient: rows are one array.
template <class Size>
void evaluate_loss(executor& e, const Size& s, const loss_terms& terms, float floor, const float* prediction,
                   const float* target, const float* mask, const float* class_mask, float scale, float* value,
                   float* gradient) noexcept {
  if (s.rows <= 0 || s.classes <= 0) return;
  const float factor = scale / static_cast<float>(s.per_row ? s.rows : s.rows * s.classes);
  const double sum = block_sum(e, s.rows * s.classes, element_grain / 4, [&](idx begin, idx end) {
    constexpr idx at_once = 512;  // their sums are floats
    float weight[at_once + line];
    const bool weighted = mask || class_mask;
    for (idx i = 0; !weighted && i < at_once; ++i) weight[i] = 1;
    double part = 0;
    for (idx i = begin; i < end; i += at_once) {
      const idx count = end - i < at_once ? end - i : at_once;
      if (weighted) element_weights(s, mask, class_mask, i, count, weight);
      loss_numbers numbers{factor, floor, {}};
      apply(terms, count, prediction + i, target + i, weight, &numbers, moved(gradient, i));
      for (const float lane : numbers.sums) part += static_cast<double>(lane);
    }
    return part;
  });
  if (value) value[0] += static_cast<float>(static_cast<double>(factor) * sum);
}

/// Cross entropies of sixteen rows at a time, a lane each; their classes are transposed in pieces.
class cross_entropy_group {
 public:
  cross_entropy_group(const op::cross_entropy::size& s, const float* prediction, const float* target, const float* mask,
                      const float* class_mask) noexcept
      : s_(s), prediction_(prediction), target_(target), mask_(mask), class_mask_(class_mask) {}

  static idx count(const op::cross_entropy::size& s) noexcept { return (s.rows + line - 1) / line; }
  /// The weighted sum over the rows of the v-th group; adds factor times its gradient.
  double evaluate(idx v, float factor, float* gradient) noexcept {
    first_ = v * line;
    used_ = s_.rows - first_ < line ? s_.rows - first_ : line;
    held_ = -1;
    if (!weigh()) return 0;
    for_pieces([&](idx count, idx) { loops::cross_entropy_largest(count, p_, &rows_); });
    for_pieces([&](idx count, idx) { loops::cross_entropy_sums(count, p_, wanted_, &rows_); });
    if (gradient)
      for_pieces([&](idx count, idx place) {
        transpose(used_, count, gradient + place, s_.classes, gradient_, line);
        loops::cross_entropy_gradient(count, p_, wanted_, &rows_, factor, gradient_);
        transpose(count, used_, gradient_, line, gradient + place, s_.classes);
      });
    return sum();
  }

 private:
  static constexpr idx most = 32;  ///< classes of a piece

  /// Starts the rows; false where none counts.
  bool weigh() noexcept {
    bool any = false;
    rows_ = {};
    class_weight_rows classes(s_, class_mask_, first_);
    for (idx q = 0; q < line; ++q) rows_.most[q] = -std::numeric_limits<float>::infinity();
    for (idx q = 0; q < used_; ++q, ++classes) {
      of_classes_[q] = *classes;
      bool counts = !*classes;
      for (idx c = 0; c < s_.classes && !counts; ++c) counts = (*classes)[c] != 0;
      rows_.weight[q] = !counts ? 0 : mask_ ? mask_[first_ + q] : 1;
      any = any || rows_.weight[q] != 0;
    }
    return any;
  }
  /// f(count, place) for the classes, `most` at a time: they stand in p_ and wanted_, and at `place` in arrays.
  template <class F>
  void for_pieces(const F& f) noexcept {
    for (idx from = 0; from < s_.classes; from += most) {
      const idx count = s_.classes - from < most ? s_.classes - from : most, place = first_ * s_.classes + from;
      if (held_ != from) read(from, count, place);
      held_ = from;
      f(count, place);
    }
  }
  void read(idx from, idx count, idx place) noexcept {
    transpose(used_, count, prediction_ + place, s_.classes, p_, line);
    transpose(used_, count, target_ + place, s_.classes, wanted_, line);
    for (idx q = 0; class_mask_ && q < used_; ++q)
      for (idx k = 0; k < count; ++k) {
        const float weight = of_classes_[q][from + k];
        wanted_[k * line + q] = weight == 0 ? 0 : weight * wanted_[k * line + q];
      }
  }
  double sum() const noexcept {
    float log[line];
    loops::scaled_logarithm(line, rows_.sum, 0, 0, 0, 1, log);
    double all = 0;
    for (idx q = 0; q < line; ++q)
      if (rows_.weight[q] != 0)
        all += static_cast<double>(rows_.weight[q] * (rows_.below[q] + rows_.wanted[q] * log[q]));
    return all;
  }

  const op::cross_entropy::size& s_;
  const float *prediction_, *target_, *mask_, *class_mask_;
  idx first_ = 0, used_ = 0, held_ = -1;  ///< the rows of the group, and where the piece in p_ and wanted_ starts
  const float* of_classes_[line] = {};
  cross_entropy_rows rows_ = {};
  float p_[most * line] = {}, wanted_[most * line] = {}, gradient_[most * line] = {};
};

}  // namespace detail

AURIS_KERNEL void kernel<op::mean_squared_error, cpu, float>::evaluate(
    const resources<cpu, float>& r, const op::mean_squared_error::size& s, const float* prediction, const float* target,
    const float* mask, const float* class_mask, float scale, float* value, float* gradient) noexcept {
  detail::evaluate_loss(*r.queue, s, detail::loops::squared_errors, 0, prediction, target, mask, class_mask, scale,
                        value, gradient);
}

AURIS_KERNEL void kernel<op::weighted_soft_label, cpu, float>::evaluate(const resources<cpu, float>& r,
                                                                        const op::weighted_soft_label::size& s,
                                                                        const float* prediction, const float* target,
                                                                        const float* mask, const float* class_mask,
                                                                        float scale, float* value,
                                                                        float* gradient) noexcept {
  detail::evaluate_loss(*r.queue, s, detail::loops::weighted_squared_errors, static_cast<float>(s.floor), prediction,
                        target, mask, class_mask, scale, value, gradient);
}

AURIS_KERNEL void kernel<op::binary_cross_entropy, cpu, float>::evaluate(const resources<cpu, float>& r,
                                                                         const op::binary_cross_entropy::size& s,
                                                                         const float* prediction, const float* target,
                                                                         const float* mask, const float* class_mask,
                                                                         float scale, float* value,
                                                                         float* gradient) noexcept {
  const auto& terms =
      s.logits ? detail::loops::cross_entropies_of_logits : detail::loops::cross_entropies_of_probabilities;
  detail::evaluate_loss(*r.queue, s, terms, 0, prediction, target, mask, class_mask, scale, value, gradient);
}

AURIS_KERNEL void kernel<op::cross_entropy, cpu, float>::evaluate(const resources<cpu, float>& r,
                                                                  const op::cross_entropy::size& s,
                                                                  const float* prediction, const float* target,
                                                                  const float* mask, const float* class_mask,
                                                                  float scale, float* value, float* gradient) noexcept {
  if (s.rows <= 0 || s.classes <= 0) return;
  double weights = static_cast<double>(s.rows);
  if (mask)
    weights = detail::block_sum(*r.queue, s.rows, detail::element_grain, [&](idx begin, idx end) {
      double part = 0;
      for (idx k = begin; k < end; ++k) part += static_cast<double>(mask[k]);
      return part;
    });
  if (weights == 0) return;
  const double factor = static_cast<double>(scale) / weights;
  const idx groups = detail::cross_entropy_group::count(s), grain = detail::row_grain(4 * detail::line * s.classes);
  const double sum = detail::block_sum(*r.queue, groups, grain, [&](idx begin, idx end) {
    detail::cross_entropy_group group(s, prediction, target, mask, class_mask);
    double part = 0;
    for (idx v = begin; v < end; ++v) part += group.evaluate(v, static_cast<float>(factor), gradient);
    return part;
  });
  if (value) value[0] += static_cast<float>(factor * sum);
}

}  // namespace auris
