// The batches of a training: crops, targets, mixup.
#pragma once
#include <auris/core/random.hpp>
#include <auris/core/view.hpp>
#include <auris/train/endless_batches.hpp>
#include <optional>

#include "data.hpp"
#include "settings.hpp"

namespace dcasenet {

/// How many outputs a network has, and how many rows of events for so many frames.
struct network_sizes {
  auris::idx scenes, events, tags;
  static constexpr auris::idx event_rows(auris::idx frames) { return 8 * (frames / 40); }
  constexpr auris::idx classes(task t) const { return t == task::asc ? scenes : t == task::sed ? events : tags; }
};

/// Items of one task: (items, frames, 128) and what the outputs should be; outputs beyond the classes of the data are to be silent.
struct task_batch {
  auris::idx items = 0, frames = 0, target = 0;  ///< target: numbers of one item
  std::vector<float> x, y;
  auris::view<const float> input() const { return {x.data(), items, auris::dims(frames, bands)}; }
};

/// x' = share x + (1 - share) x[partner], targets alike: the losses are linear in their targets, so this is the mixture of both losses.
task_batch mixed(const task_batch&, float share, const std::vector<auris::idx>& partner);

/// Batches of every active task without end. Items are shuffled, incomplete batches dropped; of events each channel is an item.
class batch_maker {
 public:
  /// Errors  fewer items than a batch has; more classes than outputs; recordings shorter than a crop.
  static auris::result<batch_maker> create(const data_sets&, task_set, const training_settings&, network_sizes,
                                           std::uint64_t seed);
  /// The next batch of a task, not mixed.
  auris::result<task_batch> next(task);
  /// The same batch mixed within itself, by a share of Beta(a, a).
  task_batch mix(const task_batch&);

 private:
  batch_maker(const data_sets& d, const training_settings& s, network_sizes n, std::uint64_t seed, feature_maker f)
      : data_(&d), settings_(s), sizes_(n), random_(seed, 1), features_(std::move(f)) {}
  auris::result<auris::frame_matrix> crop(std::span<const float>);

  const data_sets* data_;
  training_settings settings_;
  network_sizes sizes_;
  auris::random_sequence random_;
  feature_maker features_;
  std::array<std::optional<auris::endless_batches>, task_count> orders_;
  std::vector<std::pair<auris::idx, std::size_t>> channels_;  // recording and channel of each item with events
};

}  // namespace dcasenet
