#pragma once
#include <auris/core/random.hpp>
#include <auris/core/result.hpp>
#include <numeric>
#include <span>
#include <vector>

namespace auris {

/// Batches of indices without end: all items in a new random order in each pass, the last batch of a pass left out where it is
/// incomplete. For steps that take a batch of each of several data sets, each at its own pace.
///
/// Memory      the order.
/// Errors      `create`: a batch of no item, or of more than there are: there would never be one.
/// Source      a DataLoader of PyTorch that shuffles and drops the last batch, begun again whenever it ends
///
///     auto batches = endless_batches::create(7, 3, 1).value();         // 7 items, batches of 3, seed 1
///     for (int step = 0; step < 10; ++step) {
///       const std::span<const idx> items = batches.next();             // 2 batches of a pass, then another order
///     }
class endless_batches {
 public:
  static result<endless_batches> create(idx items, idx batch, std::uint64_t seed) {
    if (batch < 1 || batch > items)
      return error{"bad size of a batch", "endless_batches", message::of("1 to ", items, ", the number of items"),
                   message::of(batch)};
    return endless_batches(items, batch, seed);
  }

  idx items() const { return static_cast<idx>(order_.size()); }
  /// Valid until the next call.
  std::span<const idx> next() {
    if (at_ + batch_ > items()) {
      std::iota(order_.begin(), order_.end(), idx{0});
      random_sequence random(random_key{seed_, pass_++, 0, 0});
      shuffle(order_.data(), items(), random);
      at_ = 0;
    }
    const std::span<const idx> all(order_);
    at_ += batch_;
    return all.subspan(static_cast<std::size_t>(at_ - batch_), static_cast<std::size_t>(batch_));
  }

 private:
  endless_batches(idx items, idx batch, std::uint64_t seed)
      : order_(static_cast<std::size_t>(items)), batch_(batch), at_(items), seed_(seed) {}

  std::vector<idx> order_;
  idx batch_, at_;
  std::uint64_t seed_, pass_ = 0;
};

}  // namespace auris
