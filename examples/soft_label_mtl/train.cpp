#include <auris/audio/gain_response.hpp>
#include <auris/audio/presets.hpp>
#include <auris/io/pytorch_file.hpp>
#include <auris/metric/best_f.hpp>
#include <cmath>
#include <cstdio>

#include "scoring.hpp"

using namespace auris;

namespace soft_label {

namespace {

// The threshold of every class that is best on the validation clips; 0.5 for classes without events there.
result<std::vector<float>> best_thresholds(system& network, const prepared_fold& p) {
  const auto answers = predict(network, p, p.split.validation);
  if (!answers) return answers.error();
  scorer found(p, -1);
  if (auto ok = found.add_fold(p, p.split.validation, *answers); !ok) return ok.error();
  std::vector<float> thresholds(p.set.labels.classes.size(), 0.5f);
  for (const auto& c : found.result().events.best.classes) {
    const idx i = p.set.labels.class_index(c.label);
    if (i >= 0 && std::isfinite(c.threshold)) thresholds[static_cast<std::size_t>(i)] = c.threshold;
  }
  return thresholds;
}

// The statistics of `bn0` in a file belong to the features that it was trained on. Those of the training clips, which are
// standardised, are 0 and 1.
result<void> start(system& network, const std::filesystem::path& from) {
  auto file = read_tensors(from);
  if (!file) return file.error();
  for (named_tensor& t : file->tensors) {
    const auto count = static_cast<std::size_t>(t.count());
    if (t.name == "bn0.running_mean") t = tensor_of<float>(t.name, t.shape, std::vector<float>(count, 0.0f));
    if (t.name == "bn0.running_var") t = tensor_of<float>(t.name, t.shape, std::vector<float>(count, 1.0f));
  }
  if (auto ok = network.start_from(*file); !ok) {
    error e = ok.error();
    e.where = from.c_str();
    return e;
  }
  return {};
}

}  // namespace

result<void> train(const train_command& o) {
  auto made = make_system(o.network, o.request.seed, o.backend);
  if (!made) return made.error();
  system& network = **made;
  auto p = prepare_fold(o.data, o.fold, o.front_end, {o.features, o.request.threads});
  if (!p) return p.error();
  const label_catalogue& labels = p->set.labels;
  if (static_cast<idx>(labels.classes.size()) != network.events())
    return error{"the data set has other classes than the network", o.data.c_str(),
                 message::of(network.events(), " classes"), message::of(static_cast<idx>(labels.classes.size()))};
  if (network.has_tasks() && (labels.scenes.size() > 5 || labels.environments.size() > 2))
    return error{"the data set has more scenes or environments than the network", o.data.c_str(), "at most 5 and 2"};
  if (auto ok = standardise(*p, p->standard); !ok) return ok;
  if (!o.init.empty())
    if (auto ok = start(network, o.init); !ok) return ok;
  const auto training = sequences_of(*p, p->split.train, o.frames),
             validation = sequences_of(*p, p->split.validation, o.frames);
  if (!training) return training.error();
  if (!validation) return validation.error();
  std::printf("%s: %td sequences to train on, %td to validate with, %td frames each\n", o.network.c_str(),
              training->count, validation->count, o.frames);
  training_request request = o.request;
  if (request.augmentation.largest_gain > 0) {
    auto response = gain_response(*find_preset(o.front_end), p->standard.deviation);
    if (!response) return response.error();
    request.augmentation.gain_response = std::move(*response);
  }
  const auto report = network.train(*training, *validation, request);
  if (!report) return report.error();
  const auto thresholds = best_thresholds(network, *p);
  if (!thresholds) return thresholds.error();

  model_description d;
  d.network = o.network;
  d.front_end = o.front_end;
  d.hop = p->hop;
  d.classes = labels.classes;
  for (const auto& s : labels.scenes) d.scenes.push_back(s.name);
  d.environments = labels.environments;
  d.mean = p->standard.mean, d.deviation = p->standard.deviation;
  d.thresholds = *thresholds;
  d.options = {{"tasks", !network.has_tasks() || o.request.tasks == task_set::sed ? "sed"
                         : o.request.tasks == task_set::sed_asc                   ? "sed+asc"
                         : o.request.tasks == task_set::sed_aec                   ? "sed+aec"
                                                                                  : "all"},
               {"loss", o.request.loss == sed_loss::wsl ? "weighted soft label (paper)" : "mean squared error (mean)"},
               {"seed", std::to_string(o.request.seed)},
               {"augmentation", request.augmentation.describe().c_str()}};
  if (auto ok = network.save(o.weights, d); !ok) return ok;
  double seconds = 0;
  for (const epoch_record& e : report->epochs) seconds += e.seconds;
  std::printf("%td epochs in %.1f s, best after %d with validation loss %.5f; wrote %s\n",
              static_cast<idx>(report->epochs.size()), seconds, report->best_epoch, report->best_loss,
              o.weights.c_str());
  return {};
}

}  // namespace soft_label
