#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Losses of predictions p (rows, classes) against targets y (rows, classes): value and gradient in one pass.
///
///     mean_squared_error    sum m w (y - p)^2 / divisor
///     weighted_soft_label   sum m w (y + floor) (y - p)^2 / divisor         (Khandelwal and Das 2023, eq. 3; floor 0)
///     cross_entropy         - sum m w y log softmax(p) / sum_r mask[r]
///     binary_cross_entropy  - sum m w (y log q + (1 - y) log(1 - q)) / divisor, q = sigmoid(p) when `logits`, else p
///
/// divisor = rows (`per_row`: "paper") or rows * classes ("mean"). Where p are probabilities, logarithms are cut at
/// -100 and the gradient is (p - y) / max(p (1 - p), 1e-12) / divisor, as PyTorch does.
///
/// m = mask[r] and w = class_mask[i, c] are weights of rows and of the classes of an item; mask (rows) and class_mask
/// (items, classes) may be null: all ones. The rows are those of `items` items, one behind the other, of rows / items
/// each: row r is of item i = r / (rows / items). Terms of weight 0 count nothing, whatever they hold, and have no
/// gradient. The divisor stays; cross_entropy's is the sum of the mask. All zero gives 0, and so do no rows.
///
/// In cross_entropy w is PyTorch's `weight` for targets that are probabilities. The softmax runs over all classes, those
/// of weight 0 too, so their predictions count and have a gradient unless the whole row weighs nothing. A class whose target
/// is 0 adds no term, even if its prediction is minus infinity:
///
///     d / d p[r, c] = m (softmax(p)[r, c] sum_k w[k] y[r, k] - w[c] y[r, c]) / sum_r mask[r]
///
/// evaluate adds scale * loss to value[0] and scale * d loss / d p to gradient (rows, classes); each is skipped when
/// null. Scratch memory of evaluate counts as that of forward.
///
///     template <class T> struct kernel<op::mean_squared_error, Backend, T> {       // the others alike
///       static void evaluate(const resources<Backend, T>&, const op::mean_squared_error::size&,
///                            const T* prediction, const T* target, const T* mask, const T* class_mask, T scale,
///                            T* value, T* gradient) noexcept;
///     };
struct mean_squared_error {
  struct size {
    idx rows, classes;
    bool per_row = false;
    idx items = 1;
  };
};
struct weighted_soft_label {
  struct size {
    idx rows, classes;
    bool per_row = true;
    double floor = 0;
    idx items = 1;
  };
};
struct cross_entropy {
  struct size {
    idx rows, classes;
    idx items = 1;
  };
};
struct binary_cross_entropy {
  struct size {
    idx rows, classes;
    bool logits = true;
    bool per_row = false;
    idx items = 1;
  };
};

}  // namespace auris::op
