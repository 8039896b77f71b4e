// Scores of a system on some clips of a fold.
#pragma once
#include <auris/metric/accuracy.hpp>
#include <auris/metric/task_4b.hpp>
#include <functional>
#include <optional>

#include "clips.hpp"
#include "system.hpp"

namespace soft_label {

struct scores {
  auris::task_4b_result events;
  std::optional<double> scene_accuracy, environment_accuracy;
};

/// Asks `predict` for every clip with the standardised features, and scores the answers as DCASE 2023 task 4B does.
auris::result<scores> score(const prepared_fold&, const std::vector<auris::idx>& clips, int time_decimals,
                            const std::function<auris::result<prediction>(const auris::labelled_clip&)>& predict);

/// The hard events of a clip, by name.
std::vector<auris::event> hard_events(const auris::maestro_data_set&, auris::idx clip);

}  // namespace soft_label
