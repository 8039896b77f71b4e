// A training of one network on one fold, for `train` and for every row of `table`.
#pragma once
#include "scoring.hpp"

namespace soft_label {

struct trained_fold {
  auris::fit_report report;
  auris::model_description description;
  auris::idx training = 0, validation = 0;  ///< sequences
};

/// Standardises the fold by its training clips, starts from `init` where there is one, trains, and finds the thresholds.
/// The fold's features have to be those of `front_end_of` the command.
auris::result<trained_fold> train_fold(system&, prepared_fold&, const train_command&);

/// What `train_fold` does first where there is an `init`.
auris::result<void> start(system&, const train_command&);

std::string front_end_of(const train_command&);

}  // namespace soft_label
