#pragma once
#include <auris/core/transfer.hpp>
#include <auris/loss/weighted_sum.hpp>

namespace auris::detail {

/// A batch in the backend's memory: inputs, and the targets of an objective.
template <class Network, class Objective, class T, class Memory>
class sent_batch {
 public:
  using targets = typename Objective::template targets<T>;
  static constexpr std::size_t terms = Objective::template fits<Network> ? Objective::count : 0;

  bool holds(idx items, shape item) const {
    bool all = input_.holds(items * item.size());
    for (std::size_t k = 0; k < terms; ++k)
      if (const sizes n = of(k, items, item); all)
        all = values_[k].holds(n.values) && masks_[k].holds(n.rows) && class_masks_[k].holds(n.classes);
    return all;
  }
  result<void> reserve(idx items, shape item) {
    if (auto ok = input_.reserve(items * item.size()); !ok) return ok;
    for (std::size_t k = 0; k < terms; ++k) {
      const sizes n = of(k, items, item);
      if (auto ok = values_[k].reserve(n.values); !ok) return ok;
      if (auto ok = masks_[k].reserve(n.rows); !ok) return ok;
      if (auto ok = class_masks_[k].reserve(n.classes); !ok) return ok;
    }
    return {};
  }
  /// To the backend: x becomes what lies there, and so do the targets that are given back.
  template <class Queue>
  targets send(const Queue& queue, view<const T>& x, const targets& t) {
    targets sent{};
    x.p = input_(queue, x.size(), x.p);
    for (std::size_t k = 0; k < terms; ++k) {
      const sizes n = of(k, x.n, x.s);
      sent[k] = {values_[k](queue, n.values, t[k].values), masks_[k](queue, n.rows, t[k].mask),
                 class_masks_[k](queue, n.classes, t[k].class_mask)};
    }
    return sent;
  }

  /// The two halves of `send` for a recording, which always has both masks: all ones where none are given. Terms of weight 0
  /// are left out.
  void stage(const Objective& o, view<const T> x, const targets& t) {
    input_.stage(x.size(), x.p);
    for (std::size_t k = 0; k < terms; ++k) {
      if (o.weights[k] == 0) continue;
      const sizes n = of(k, x.n, x.s);
      values_[k].stage(n.values, t[k].values);
      stage_mask(masks_[k], n.rows, t[k].mask);
      stage_mask(class_masks_[k], n.classes, t[k].class_mask);
    }
  }
  template <class Queue>
  targets send_staged(const Objective& o, const Queue& queue, view<const T>& x) {
    targets sent{};
    x.p = input_.send(queue, x.size());
    for (std::size_t k = 0; k < terms; ++k) {
      if (o.weights[k] == 0) continue;
      const sizes n = of(k, x.n, x.s);
      sent[k] = {values_[k].send(queue, n.values), masks_[k].send(queue, n.rows),
                 class_masks_[k].send(queue, n.classes)};
    }
    return sent;
  }

 private:
  struct sizes {
    idx values, rows, classes;  // classes of all items
  };
  static sizes of(std::size_t k, idx items, shape item) {
    const shape s = Network::outputs(item)[Network::find(Objective::names[k])].s;
    return {items * s.size(), items * s.size() / s[-1], items * s[-1]};
  }
  static void stage_mask(uploaded<T, Memory>& to, idx count, const T* mask) {
    if (mask)
      to.stage(count, mask);
    else
      to.stage(count, T(1));
  }

  uploaded<T, Memory> input_;
  std::array<uploaded<T, Memory>, Objective::count> values_, masks_, class_masks_;
};

}  // namespace auris::detail
