#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Losses of predictions p (rows, classes) against targets y (rows, classes): value and gradient in one pass.
///
///     mean_squared_error    sum (y - p)^2 / divisor
///     weighted_soft_label   sum (y + floor) (y - p)^2 / divisor             (Khandelwal and Das 2023, eq. 3; floor 0)
///     cross_entropy         - sum_r mask[r] sum_c y log softmax(p)[r, c] / sum_r mask[r]
///     binary_cross_entropy  - sum (y log q + (1 - y) log(1 - q)) / divisor, q = sigmoid(p) when `logits`, else p
///
/// divisor = rows (`per_row`: "paper") or rows * classes ("mean"). Where p are probabilities, logarithms are cut at
/// -100 and the gradient is (p - y) / max(p (1 - p), 1e-12) / divisor, as PyTorch does. mask (rows) is null (all ones)
/// or weights; rows with mask 0 count nothing, whatever they hold; all zero gives 0, and so do no rows. All losses take
/// it: in the other three a row's terms are multiplied by mask[r] and the divisor stays. evaluate adds scale * loss to
/// value[0] and scale * d loss / d p to gradient (rows, classes); each is skipped when null. Scratch memory of evaluate
/// counts as that of forward.
///
///     template <class T> struct kernel<op::mean_squared_error, Backend, T> {       // the others alike
///       static void evaluate(const resources<Backend, T>&, const op::mean_squared_error::size&,
///                            const T* prediction, const T* target, const T* mask, T scale, T* value,
///                            T* gradient) noexcept;
///     };
struct mean_squared_error {
  struct size {
    idx rows, classes;
    bool per_row = false;
  };
};
struct weighted_soft_label {
  struct size {
    idx rows, classes;
    bool per_row = true;
    double floor = 0;
  };
};
struct cross_entropy {
  struct size {
    idx rows, classes;
  };
};
struct binary_cross_entropy {
  struct size {
    idx rows, classes;
    bool logits = true;
    bool per_row = false;
  };
};

}  // namespace auris::op
