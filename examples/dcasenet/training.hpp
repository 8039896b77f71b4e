// A training from start to end, for the commands that train.
#pragma once
#include <functional>

#include "scoring.hpp"

namespace dcasenet {

struct training_run {
  task_set tasks;
  training_settings settings;
  std::uint64_t seed = 1;
  std::filesystem::path log;  ///< a line for each epoch, comma-separated; empty: none
  bool quiet = false;
};

struct best_epoch {
  int epoch = 0;
  scores s;
};

/// Trains and scores after every epoch; `better` is told when a task has its best epoch so far. Scenes by accuracy, tags by lwlrap,
/// events whenever F1 or error rate are at least as good as their best.
auris::result<std::array<best_epoch, task_count>> run_training(
    system&, const data_sets&, const training_run&,
    const std::function<auris::result<void>(task, const scores&)>& better);

}  // namespace dcasenet
