#pragma once
#include <algorithm>
#include <auris/optim/schedule.hpp>
#include <auris/train/history.hpp>
#include <vector>

namespace auris::detail {

/// What a training carries from epoch to epoch besides the trainer.
template <class T>
struct fit_state {
  plateau_schedule schedule;
  std::vector<epoch_record> history;
  std::vector<T> best_params, best_buffers;

  template <class Trainer>
  void keep_best(Trainer& t) {
    t.download();
    best_params.assign(t.params().begin(), t.params().end());
    best_buffers.assign(t.buffers().begin(), t.buffers().end());
  }
  template <class Trainer>
  void give_best(Trainer& t) const {
    t.download();  // the optimiser's state, which stays
    std::ranges::copy(best_params, t.params().begin());
    std::ranges::copy(best_buffers, t.buffers().begin());
    t.upload();
  }
};

}  // namespace auris::detail
