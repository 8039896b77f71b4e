#pragma once
#include <auris/core/result.hpp>
#include <auris/data/numpy_shuffle.hpp>
#include <numeric>
#include <span>
#include <string>
#include <vector>

namespace auris {

/// An event of a mixture: which recording, and when it begins.
struct listed_event {
  idx recording;  ///< index
  double onset;   ///< seconds

  bool operator==(const listed_event&) const = default;
};

/// What one clip for weak labels is mixed of.
struct listed_mixture {
  idx fold;   ///< from 0
  idx scene;  ///< index
  std::vector<listed_event> events;

  bool operator==(const listed_mixture&) const = default;
};

/// An event of a mixture, by the name of its recording.
struct named_event {
  std::string recording, label;
  double onset = 0, offset = 0;  ///< seconds

  bool operator==(const named_event&) const = default;
};

/// What one clip for weak labels is mixed of, by the names of the recordings instead of their numbers.
struct named_mixture {
  std::string name;
  idx fold = 0;  ///< as it is written: from 1
  std::string scene;
  std::vector<named_event> events;

  bool operator==(const named_mixture&) const = default;
};

/// How many mixtures of how many events; the defaults are those of the paper, 8000 clips of 10 s in four folds.
struct mixture_list_options {
  idx folds = 4, clips = 2000;  ///< clips of each fold
  idx events = 3;               ///< in each clip
  double first_onset = 0.5;     ///< seconds
  double distance = 2.5;        ///< seconds between two onsets
  std::uint32_t seed = 1234;
};

/// Parts recordings into folds: indexes are shuffled, and the n-th of them gets fold n mod folds.
///
/// Shape   the fold, from 0, of each recording.
/// Errors  no fold; a number of recordings that is negative.
/// Source  Kong et al. 2019, sed_time_freq_segmentation
///
///     const std::vector<idx> folds = shuffled_folds(9473, 4).value();
inline result<std::vector<idx>> shuffled_folds(idx recordings, idx folds, std::uint32_t seed = 1234) {
  if (folds < 1 || recordings < 0)
    return error{"bad parting into folds", "shuffled_folds", "1 or more folds, 0 or more recordings",
                 message::of(folds, " folds, ", recordings, " recordings")};
  std::vector<idx> order(static_cast<std::size_t>(recordings)), fold(order.size());
  std::iota(order.begin(), order.end(), idx{0});
  numpy_shuffle random(seed);
  random(std::span(order));
  for (std::size_t n = 0; n < order.size(); ++n) fold[static_cast<std::size_t>(order[n])] = static_cast<idx>(n) % folds;
  return fold;
}

/// Which recordings go into which clip. Recordings are used in their own fold only.
///
/// The scenes are shuffled, and clip g takes the g-th of them (going round where there are fewer). Of each fold the
/// recordings are shuffled as often as they fit into the events that the fold needs, and once more; the last order is
/// then repeated: clip n of the fold takes its elements events n, events n + 1, ... With the defaults this is, number by
/// number, the list of the published code for these recordings and scenes.
///
/// Parameters  `fold_of`: the fold, from 0, of every recording; others than 0 to folds - 1: it is not used.
/// Shape       folds times clips mixtures, fold by fold.
/// Errors      a fold without a recording; no scene; options below 1, or times that are not finite and at least 0.
/// Source      Kong et al. 2019, sed_time_freq_segmentation; Deshmukh et al. 2020
///
///     const std::vector<idx> fold_of{0, 1, 0, 1};                      // four recordings in two folds
///     const auto list = list_mixtures(fold_of, 5, {.folds = 2, .clips = 3}).value();   // 6 mixtures over 5 scenes
inline result<std::vector<listed_mixture>> list_mixtures(std::span<const idx> fold_of, idx scenes,
                                                         const mixture_list_options& o = {}) {
  constexpr const char* where = "list_mixtures";
  constexpr idx most = idx{1} << 31;
  if (o.folds < 1 || o.clips < 1 || o.events < 1 || o.events > most / o.clips || o.clips > most / o.folds)
    return error{"bad option", where, "folds, clips and events of 1 or more, fewer than 2^31 in all",
                 message::of(o.folds, " folds, ", o.clips, " clips, ", o.events, " events")};
  if (!(o.first_onset >= 0 && o.distance >= 0 && o.first_onset - o.first_onset == 0 && o.distance - o.distance == 0))
    return error{"bad option", where, "times of 0 or more seconds", message::of(o.first_onset, " and ", o.distance)};
  if (scenes < 1) return error{"no scene", where, "1 or more", message::of(scenes)};

  numpy_shuffle random(o.seed);
  std::vector<idx> scene(static_cast<std::size_t>(scenes));
  std::iota(scene.begin(), scene.end(), idx{0});
  random(std::span(scene));
  std::vector<listed_mixture> list;
  list.reserve(static_cast<std::size_t>(o.folds * o.clips));
  for (idx fold = 0; fold < o.folds; ++fold) {
    std::vector<idx> of_fold;
    for (std::size_t i = 0; i < fold_of.size(); ++i)
      if (fold_of[i] == fold) of_fold.push_back(static_cast<idx>(i));
    if (of_fold.empty()) return error{"no recording", message::of(where, ", fold ", fold + 1), "1 or more", "0"};
    const idx count = static_cast<idx>(of_fold.size());
    // The published code lists one array again and again while it shuffles it: all of the list is its last order.
    for (idx k = 0; k <= o.clips * o.events / count; ++k) random(std::span(of_fold));
    for (idx n = 0; n < o.clips; ++n) {
      listed_mixture m{fold, scene[list.size() % scene.size()], {}};
      for (idx e = 0; e < o.events; ++e)
        m.events.push_back({of_fold[static_cast<std::size_t>((n * o.events + e) % count)],
                            o.first_onset + o.distance * static_cast<double>(e)});
      list.push_back(std::move(m));
    }
  }
  return list;
}

}  // namespace auris
