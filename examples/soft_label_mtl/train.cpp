#include <auris/audio/gain_response.hpp>
#include <auris/audio/presets.hpp>
#include <auris/io/pytorch_file.hpp>
#include <auris/metric/best_f.hpp>
#include <cmath>
#include <cstdio>

#include "training.hpp"

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

std::string tasks_of(const system& network, const task_weights& w) {
  if (!network.has_tasks()) return "sed";
  return w.asc != 0 && w.aec != 0 ? "all" : w.asc != 0 ? "sed+asc" : w.aec != 0 ? "sed+aec" : "sed";
}

}  // namespace

// The statistics of `bn0` in a file belong to the features that it was trained on. Those of the training clips, which are
// standardised, are 0 and 1.
result<void> start(system& network, const train_command& o) {
  auto file = read_tensors(o.init);
  if (!file) return file.error();
  if (o.blocks_alone) {
    const auto of_blocks = [](const std::string& name) {
      return name.starts_with("bn0") || name.starts_with("conv_block");
    };
    std::erase_if(file->tensors, [&](const named_tensor& t) { return !of_blocks(t.name); });
    for (const layer_line& l : network.layers(o.frames))
      if (l.parameters > 0 && of_blocks(l.name) && !file->find(l.name + ".weight"))
        return error{"the file lacks a layer of the network's blocks", o.init.c_str(), l.name.c_str()};
  }
  for (named_tensor& t : file->tensors) {
    const auto count = static_cast<std::size_t>(t.count());
    if (t.name == "bn0.running_mean") t = tensor_of<float>(t.name, t.shape, std::vector<float>(count, 0.0f));
    if (t.name == "bn0.running_var") t = tensor_of<float>(t.name, t.shape, std::vector<float>(count, 1.0f));
  }
  if (auto ok = network.start_from(*file); !ok) {
    error e = ok.error();
    e.where = o.init.c_str();
    return e;
  }
  return {};
}

std::string front_end_of(const train_command& o) {
  if (!o.front_end.empty()) return o.front_end;
  return o.time == networks::time_mode::stretched ? "panns_log_mel" : "maestro_log_mel";
}

result<trained_fold> train_fold(system& network, prepared_fold& p, const train_command& o) {
  const label_catalogue& labels = p.set.labels;
  const std::string front_end = front_end_of(o);
  if (static_cast<idx>(labels.classes.size()) != network.events())
    return error{"the data set has other classes than the network", o.data.c_str(),
                 message::of(network.events(), " classes"), message::of(static_cast<idx>(labels.classes.size()))};
  if (network.has_tasks() && (labels.scenes.size() > 5 || labels.environments.size() > 2))
    return error{"the data set has more scenes or environments than the network", o.data.c_str(), "at most 5 and 2"};
  if (p.features_per_frame != network.features_per_frame())
    return error{"the front-end does not fit the network's time mode", front_end.c_str(),
                 network.features_per_frame() > 1 ? "panns_log_mel, for time mode C" : "one of maestro_*"};
  if (network.window() > 0 && o.frames != network.window())
    return error{"wrong length of sequences", "--frames", message::of(network.window(), " for time mode C"),
                 message::of(o.frames)};
  if (auto ok = standardise(p, p.standard); !ok) return ok.error();
  if (!o.init.empty())
    if (auto ok = start(network, o); !ok) return ok.error();
  const auto training = sequences_of(p, p.split.train, o.frames),
             validation = sequences_of(p, p.split.validation, o.frames);
  if (!training) return training.error();
  if (!validation) return validation.error();
  training_request request = o.request;
  request.fit.setting = message::of("data ", o.data.c_str(), ", fold ", o.fold, ", ", front_end, ", time mode ",
                                    name_of(o.time), ", ", o.init.empty() ? "random weights" : o.init.c_str())
                            .c_str();
  if (request.augmentation.largest_gain > 0) {
    auto response = gain_response(*find_preset(front_end), p.standard.deviation);
    if (!response) return response.error();
    request.augmentation.gain_response = std::move(*response);
  }
  auto report = network.train(*training, *validation, request);
  if (!report) return report.error();
  const auto thresholds = best_thresholds(network, p);
  if (!thresholds) return thresholds.error();

  model_description d;
  d.network = o.network;
  d.front_end = front_end;
  d.hop = p.hop;
  d.classes = labels.classes;
  for (const auto& s : labels.scenes) d.scenes.push_back(s.name);
  d.environments = labels.environments;
  d.mean = p.standard.mean, d.deviation = p.standard.deviation;
  d.thresholds = *thresholds;
  d.options = {{"tasks", tasks_of(network, request.weights)},
               {"loss", loss_name(request.loss, request.reduction)},
               {"seed", std::to_string(request.seed)},
               {"reduced", o.reduced ? "yes" : "no"},
               {"linear layers", std::to_string(o.linear_layers)},
               {"time mode", name_of(o.time)},
               {"augmentation", request.augmentation.describe().c_str()}};
  return trained_fold{std::move(*report), std::move(d), training->count, validation->count};
}

result<void> train(const train_command& o) {
  const auto features = find_preset(front_end_of(o));
  if (!features) return features.error();
  auto made = make_system(o.network, {.time = o.time,
                                      .reduced = o.reduced,
                                      .features = features->columns(),
                                      .linear_layers = o.linear_layers,
                                      .seed = o.request.seed,
                                      .backend = o.backend});
  if (!made) return made.error();
  auto p = prepare_fold(o.data, o.fold, front_end_of(o), {o.features, o.request.threads});
  if (!p) return p.error();
  const auto trained = train_fold(**made, *p, o);
  if (!trained) return trained.error();
  if (auto ok = (*made)->save(o.weights, trained->description); !ok) return ok;
  double seconds = 0;
  for (const epoch_record& e : trained->report.epochs) seconds += e.seconds;
  std::printf("%s: %td sequences to train on, %td to validate with, %td frames each\n", o.network.c_str(),
              trained->training, trained->validation, o.frames);
  std::printf("%td epochs in %.1f s, best after %d with validation loss %.5f; wrote %s\n",
              static_cast<idx>(trained->report.epochs.size()), seconds, trained->report.best_epoch,
              trained->report.best_loss, o.weights.c_str());
  return {};
}

}  // namespace soft_label
