#pragma once
#include <auris/metric/best_f.hpp>
#include <auris/metric/events_from_scores.hpp>
#include <auris/metric/segment_based.hpp>

namespace auris {

struct task_4b_options {
  float threshold = 0.5f;   ///< active where value > threshold, of predictions and soft targets
  double hop = 0.2;         ///< seconds per frame
  double segment = 1.0;     ///< seconds
  double min_gap = 0.1;     ///< seconds; closed first
  double min_length = 0.1;  ///< seconds; dropped then
  int time_decimals = -1;   ///< of the best F1: -1 exact, 30 as the baseline; see `segment_grid`

  bool operator==(const task_4b_options&) const = default;
};

/// One test file: predictions and soft targets (frames, classes), and for the best F1 its hard events and its duration.
struct task_4b_file {
  std::span<const float> predictions, soft_targets;
  std::span<const event> events;
  double duration;  ///< seconds
};

struct task_4b_result {
  double error_rate_micro;  ///< ER_m
  double f1_micro;          ///< F1_m, 0 to 1
  double f1_macro;          ///< F1_M: an undefined class counts as 0
  double f1_macro_best;     ///< F1_MO: one best threshold per class for all folds
  segment_based_result at_threshold;
  best_f_result best;
};

/// The evaluation of DCASE 2023 task 4B: ER_m, F1_m and F1_M at a fixed threshold, F1_MO at the best one.
///
/// Per fold predictions and soft targets of the test files are concatenated along time; per evaluated class the runs
/// [a, b) of active frames become events from floor(a hop) to floor(b hop), whole seconds; gaps are closed, short
/// events dropped (so a run inside of one second vanishes); then one segment-based evaluation, its counts accumulated
/// over the folds. As most files are no multiple of a second long, the second grid drifts against that of the files:
/// part of the procedure. F1_MO takes each file by itself, with its hard events; events of classes that are not
/// evaluated are left out.
///
/// An accumulator: `add_fold`, `merge`, `result`.
///
/// Memory  8 bytes per second and evaluated class; while adding, a copy of the fold.
/// Errors  values that are not finite or do not fit, indices that are no class, bad events: then nothing is added.
/// Source  DCASE 2023 task 4B baseline; Khandelwal & Das 2023.
///
///     task_4b metric({"car", "dog"}, {0});                               // two outputs, cars are evaluated
///     const std::vector<float> p{.9f, 0, .8f, 0, .7f, 0, .9f, 0, .6f, 0};      // five frames: one second
///     const std::vector<event> hard{{0, 1, "car"}};
///     metric.add_fold(std::vector<task_4b_file>{{p, p, hard, 1.0}}).value();
///     const double f1 = metric.result().f1_macro_best;                         // 1
class task_4b {
 public:
  task_4b(std::vector<std::string> classes, std::vector<idx> evaluated, task_4b_options options = {})
      : classes_(std::move(classes)),
        evaluated_(std::move(evaluated)),
        options_(options),
        names_(names_of(classes_, evaluated_)),
        fixed_(names_, {.resolution = options.segment, .undefined_f1_is_zero = true}),
        best_(names_, {.segment = options.segment, .time_decimals = options.time_decimals}) {}

  auris::result<void> add_fold(std::span<const task_4b_file> files) {
    if (auto good = check_classes(classes_); !good) return good;
    for (idx i : evaluated_)
      if (i < 0 || i >= static_cast<idx>(classes_.size()))
        return error{"no such class", "task 4B, evaluated classes", message::of("0 to ", idx(classes_.size()) - 1),
                     message::of(i)};
    segment_based fixed = fixed_;
    best_f best(names_, {.segment = options_.segment, .time_decimals = options_.time_decimals});
    std::vector<float> predictions, targets;
    for (std::size_t f = 0; f < files.size(); ++f) {
      const task_4b_file& file = files[f];
      if (file.predictions.size() != file.soft_targets.size())
        return error{"predictions do not fit the soft targets", message::of("task 4B, file ", f),
                     message::of(file.soft_targets.size(), " values"), message::of(file.predictions.size())};
      if (classes_.empty() ? !file.predictions.empty() : file.predictions.size() % classes_.size() != 0)
        return error{"predictions do not fit the classes", message::of("task 4B, file ", f),
                     message::of("frames of ", classes_.size(), " classes"), message::of(file.predictions.size())};
      const std::vector<float> scores = columns(file.predictions), truth = columns(file.soft_targets);
      predictions.insert(predictions.end(), scores.begin(), scores.end());
      targets.insert(targets.end(), truth.begin(), truth.end());
      if (auto good = check_events(file.events, classes_, "reference"); !good) return good;
      std::vector<event> hard;
      for (const event& e : file.events)
        if (class_index(names_, e.label) >= 0) hard.push_back(e);
      if (auto good = best.add(scores, options_.hop, file.duration, hard); !good) return good;
    }
    const auto reference = whole_seconds(targets), estimated = whole_seconds(predictions);
    if (!reference) return reference.error();
    if (!estimated) return estimated.error();
    if (auto good = fixed.add(*reference, *estimated); !good) return good;
    if (auto good = best_.merge(best); !good) return good;
    fixed_ = std::move(fixed);
    return {};
  }

  /// Adds the folds of another evaluation of the same classes and options.
  auris::result<void> merge(const task_4b& other) {
    if (classes_ != other.classes_ || evaluated_ != other.evaluated_ || !(options_ == other.options_))
      return error{"cannot merge", "task 4B", "the same classes and options"};
    if (auto good = fixed_.merge(other.fixed_); !good) return good;
    return best_.merge(other.best_);
  }

  task_4b_result result() const {
    task_4b_result r{0, 0, 0, 0, fixed_.result(), best_.result()};
    r.error_rate_micro = r.at_threshold.micro.error_rate;
    r.f1_micro = r.at_threshold.micro.f1;
    r.f1_macro = r.at_threshold.macro.f1;
    r.f1_macro_best = r.best.macro_f1;
    return r;
  }

 private:
  static std::vector<std::string> names_of(const std::vector<std::string>& classes, const std::vector<idx>& evaluated) {
    std::vector<std::string> names;
    names.reserve(evaluated.size());
    for (idx i : evaluated)
      names.push_back(i >= 0 && i < idx(classes.size()) ? classes[static_cast<std::size_t>(i)] : std::string());
    return names;
  }

  std::vector<float> columns(std::span<const float> values) const {
    std::vector<float> kept;
    kept.reserve(classes_.empty() ? 0 : values.size() / classes_.size() * evaluated_.size());
    for (std::size_t row = 0; row < values.size(); row += classes_.size())
      for (idx c : evaluated_) kept.push_back(values[row + static_cast<std::size_t>(c)]);
    return kept;
  }

  auris::result<std::vector<event>> whole_seconds(std::span<const float> values) const {
    const idx frames = names_.empty() ? 0 : idx(values.size() / names_.size());
    auto events = events_from_scores(values, frames, names_, {.threshold = {options_.threshold}, .hop = options_.hop});
    if (!events) return events;
    for (event& e : *events) e.onset = std::floor(e.onset), e.offset = std::floor(e.offset);
    const auto joined = process_events(*events, {.min_gap = options_.min_gap});
    if (!joined) return joined.error();
    return process_events(*joined, {.min_length = options_.min_length});
  }

  std::vector<std::string> classes_;
  std::vector<idx> evaluated_;
  task_4b_options options_;
  std::vector<std::string> names_;  // of the evaluated classes
  segment_based fixed_;
  best_f best_;
};

}  // namespace auris
