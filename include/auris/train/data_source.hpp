#pragma once
#include <algorithm>
#include <array>
#include <auris/core/arena.hpp>
#include <auris/core/view.hpp>
#include <concepts>
#include <span>

namespace auris {

/// Memory for the targets of one term in a batch.
template <class T>
struct batch_target {
  T* values = nullptr;        ///< (items, rows, classes)
  T* mask = nullptr;          ///< (items, rows), 1 at first
  T* class_mask = nullptr;    ///< (items, classes), 1 at first; `fit` hands losses none where all are 1
  idx rows = 0, classes = 0;  ///< rows of one item, as the network's output has them
};

/// Memory for one batch, which a data source fills: inputs, and targets of every term of the objective, in its order.
template <class T, std::size_t Terms>
struct batch {
  view<T> x;
  std::array<batch_target<T>, Terms> targets;
};

/// Training material by index: `count()` items of the shape `item()`, of which `fill` copies those with the given
/// indices into a batch (as many as batch.x.n). The same index always gives the same values, or a training could not be repeated. A source that also has
/// `fill(indices, batch, epoch)` is asked for the items of that epoch (counted from 1) in training: `augmented_source`.
///
///     static_assert(data_source<memory_source<float, 2>, float, 2>);
template <class S, class T, std::size_t Terms>
concept data_source = requires(const S& s, std::span<const idx> indices, const batch<T, Terms>& b) {
  { s.count() } -> std::convertible_to<idx>;
  { s.item() } -> std::convertible_to<shape>;
  { s.fill(indices, b) } -> std::same_as<result<void>>;
};

namespace detail {

/// Owns the memory of batches for a network and an objective.
template <class Network, class Objective, class T>
class batch_memory {
 public:
  static constexpr std::size_t terms = Objective::count;

  /// A batch of this size, with all masks 1; allocates only when it is larger than all before.
  result<batch<T, terms>> get(idx items, shape item) {
    batch<T, terms> b;
    if (auto ok = x_.reserve(items * item.size()); !ok) return ok.error();
    b.x = {x_.data(), items, item};
    const auto outputs = Network::outputs(item);
    for (std::size_t k = 0; k < terms; ++k) {
      const shape s = outputs[Network::find(Objective::names[k])].s;
      const idx classes = s.rank > 0 ? s[-1] : 1, rows = s.size() / classes;
      if (auto ok = values_[k].reserve(items * s.size()); !ok) return ok.error();
      if (auto ok = masks_[k].reserve(items * rows); !ok) return ok.error();
      if (auto ok = class_masks_[k].reserve(items * classes); !ok) return ok.error();
      std::fill_n(masks_[k].data(), items * rows, T(1));
      std::fill_n(class_masks_[k].data(), items * classes, T(1));
      b.targets[k] = {values_[k].data(), masks_[k].data(), class_masks_[k].data(), rows, classes};
    }
    return b;
  }

 private:
  arena<T> x_;
  std::array<arena<T>, terms> values_, masks_, class_masks_;
};

}  // namespace detail
}  // namespace auris
