// Scores of systems on clips of a fold.
#pragma once
#include <auris/metric/accuracy.hpp>
#include <auris/metric/task_4b.hpp>
#include <optional>

#include "clips.hpp"
#include "commands.hpp"

namespace soft_label {

struct scores {
  auris::task_4b_result events;
  std::optional<double> scene_accuracy, environment_accuracy;
};

/// Answers to test clips, fold by fold, scored as DCASE 2023 task 4B does; scenes and environments by the mean
/// probabilities of a clip.
class scorer {
 public:
  scorer(const prepared_fold&, int time_decimals);
  /// One prediction for each clip.
  auris::result<void> add_fold(const prepared_fold&, const std::vector<auris::idx>& clips,
                               const std::vector<prediction>&);
  scores result() const;

 private:
  auris::task_4b events_;
  auris::accuracy scene_, environment_;
  bool has_tasks_ = false;
};

/// What a network answers to some clips with standardised features.
auris::result<std::vector<prediction>> predict(system&, const prepared_fold&, const std::vector<auris::idx>& clips);

/// The hard events of a clip, by name.
std::vector<auris::event> hard_events(const auris::maestro_data_set&, auris::idx clip);

/// A model file at work on the test clips of a fold.
struct evaluated_system {
  std::string name;
  auris::model_description description;  ///< that of the file; empty for the baseline
  std::vector<prediction> predictions;   ///< one for each test clip
  scores s;
};
struct evaluation {
  prepared_fold fold;  ///< features of the first system
  std::vector<evaluated_system> systems;
};
/// All model files of a command, after the system that always answers the mean label, where that is asked for.
auris::result<evaluation> evaluate_systems(const evaluate_command&);

}  // namespace soft_label
