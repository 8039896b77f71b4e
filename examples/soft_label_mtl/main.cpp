// Soft-label multi-task sound event detection, from sound files to events: generate, train, evaluate, detect, report, info.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>

#include "commands.hpp"

using namespace soft_label;

int main(int count, char* arguments[]) {
  CLI::App app{"Soft-label multi-task sound event detection (Khandelwal and Das 2023), from sound files to events."};
  app.require_subcommand(1);
  app.footer("Exit codes: 0 done, 1 an error that is told on standard error, 2 and above: the command line is wrong.");
  std::vector<std::string> names;
  for (const auto& s : systems) names.emplace_back(s.name);
  const CLI::IsMember networks(names);
  const CLI::IsMember front_ends({"maestro_mel", "maestro_log_mel", "maestro_mfcc", "maestro_lfcc", "maestro_cqt"});

  generate_options g;
  auto* generate_app = app.add_subcommand("generate", "write a data set of soundscapes in MAESTRO's layout");
  generate_app->add_option("--data", g.data, "folder to make")->required();
  generate_app->add_option("--clips", g.clips, "number of clips")->capture_default_str();
  generate_app->add_option("--seconds", g.seconds, "length of a clip")->capture_default_str();
  generate_app->add_option("--seed", g.seed, "seed of everything")->capture_default_str();
  generate_app->add_option("--events", g.events, "recordings to use: a folder for each event class");
  generate_app->add_option("--scenes", g.scenes, "backgrounds to use: a folder for each scene");

  train_command t;
  auto* train_app = app.add_subcommand("train", "train a network and write a model file");
  train_app->add_option("--data", t.data, "data set in MAESTRO's layout")->required();
  train_app->add_option("--weights", t.weights, "model file to write")->required();
  train_app->add_option("--fold", t.fold, "fold of the cross-validation")->capture_default_str();
  train_app->add_option("--network", t.network, "network")->check(networks)->capture_default_str();
  train_app->add_option("--front-end", t.front_end, "features")->check(front_ends)->capture_default_str();
  train_app
      ->add_option("--init", t.init,
                   "start from the tensors of this file (safetensors, .pth) that the network has, such as PANNs'")
      ->check(CLI::ExistingFile);
  train_app->add_option("--features", t.features, "folder that keeps features of sound files for the next time");
  train_app->add_option("--tasks", t.request.tasks, "sed, sed+asc, sed+aec or all")
      ->transform(CLI::Transformer(std::map<std::string, task_set>{{"sed", task_set::sed},
                                                                   {"sed+asc", task_set::sed_asc},
                                                                   {"sed+aec", task_set::sed_aec},
                                                                   {"all", task_set::all}}));
  train_app->add_option("--loss", t.request.loss, "mse or wsl")
      ->transform(CLI::Transformer(std::map<std::string, sed_loss>{{"mse", sed_loss::mse}, {"wsl", sed_loss::wsl}}));
  train_app->add_option("--epochs", t.request.fit.schedule.epochs, "at most")->capture_default_str();
  train_app->add_option("--batch", t.request.fit.batch, "sequences of a batch")->capture_default_str();
  train_app->add_option("--frames", t.frames, "frames of a sequence")->capture_default_str();
  train_app->add_option("--rate", t.request.rate, "learning rate of Adam")->capture_default_str();
  train_app->add_option("--seed", t.request.seed, "seed of weights, order and dropout")->capture_default_str();
  train_app->add_option("--mixup", t.request.augmentation.mixup, "share of sequences that are mixed with another one")
      ->capture_default_str();
  train_app->add_option("--shift", t.request.augmentation.largest_shift, "turn sequences by up to so many frames")
      ->capture_default_str();
  train_app
      ->add_option("--gain", t.request.augmentation.largest_gain,
                   "make them louder or softer by up to so many decibels")
      ->capture_default_str();
  train_app->add_option("--threads", t.request.threads, "threads; the results do not depend on it")
      ->capture_default_str();
  train_app->add_option("--checkpoint", t.request.fit.checkpoint, "file to go on from after an interruption");
  train_app->add_option("--log", t.request.fit.log, "losses of every epoch, as csv");

  evaluate_command e;
  auto* evaluate_app = app.add_subcommand("evaluate", "metrics of DCASE 2023 task 4B on the test clips of a fold");
  evaluate_app->add_option("--data", e.data, "data set in MAESTRO's layout")->required();
  evaluate_app->add_option("--weights", e.weights, "model files")->required();
  evaluate_app->add_option("--fold", e.fold, "fold of the cross-validation")->capture_default_str();
  evaluate_app->add_option("--features", e.features, "folder that keeps features of sound files for the next time");
  evaluate_app->add_flag("--baseline", e.baseline, "also a system that always answers the mean label");
  evaluate_app->add_option("--results", e.results, "write the figures to this json file");
  evaluate_app->add_option("--time-decimals", e.time_decimals, "round segment times as the reference does; -1: exact")
      ->capture_default_str();

  detect_command d;
  auto* detect_app = app.add_subcommand("detect", "events in sound files");
  detect_app->add_option("files", d.files, "sound files")->required();
  detect_app->add_option("--weights", d.weights, "model file")->required();
  detect_app->add_option("--format", d.format, "table, tsv or jsonl")
      ->check(CLI::IsMember({"table", "tsv", "jsonl"}))
      ->capture_default_str();
  detect_app->add_option("--threshold", d.threshold, "of all classes, instead of the model's own");
  detect_app->add_option("--output", d.output, "file to write instead of standard output");

  report_command r;
  auto* report_app = app.add_subcommand("report", "an HTML page: learning curves, scores of classes, clips with sound");
  report_app->add_option("--data", r.of.data, "data set in MAESTRO's layout")->required();
  report_app->add_option("--weights", r.of.weights, "model files")->required();
  report_app->add_option("--output", r.output, "file to write")->required();
  report_app->add_option("--log", r.logs, "logs of trainings");
  report_app->add_option("--clips", r.clips, "names of test clips to show; the first one of the fold by default")
      ->delimiter(',');
  report_app->add_option("--seconds", r.seconds, "of each clip, from its start")
      ->capture_default_str()
      ->check(CLI::Range(0.2, 3600.0));
  report_app->add_option("--fold", r.of.fold, "fold of the cross-validation")->capture_default_str();
  report_app->add_option("--features", r.of.features, "folder that keeps features of sound files for the next time");

  std::string network = "crnn_4b";
  auris::idx frames = 200;
  auto* info_app = app.add_subcommand("info", "layers, shapes, parameters, operations and memory of a network");
  info_app->add_option("--network", network, "network")->check(networks)->capture_default_str();
  info_app->add_option("--frames", frames, "frames of a clip")->capture_default_str()->check(CLI::Range(1, 1000000));

  const std::map<std::string, backend_kind> backends{{"cpu", backend_kind::cpu}, {"cuda", backend_kind::cuda}};
  for (const auto& [command, backend] : {std::pair{train_app, &t.backend},
                                         {evaluate_app, &e.backend},
                                         {detect_app, &d.backend},
                                         {report_app, &r.of.backend}})
    command->add_option("--backend", *backend, "cpu (default) or cuda")
        ->transform(CLI::CheckedTransformer(backends).description(""));

  CLI11_PARSE(app, count, arguments);

  try {
    const auto done = generate_app->parsed()   ? generate(g)
                      : train_app->parsed()    ? train(t)
                      : evaluate_app->parsed() ? evaluate(e)
                      : detect_app->parsed()   ? detect(d)
                      : report_app->parsed()   ? report(r)
                                               : info(network, frames);
    if (done) return 0;
    std::fprintf(stderr, "error: %s\n", done.error().text().c_str());
  } catch (const std::exception& failure) {  // no memory, no such backend
    std::fprintf(stderr, "error: %s\n", failure.what());
  }
  return 1;
}
