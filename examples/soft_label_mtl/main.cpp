// Soft-label multi-task sound event detection, from sound files to events: generate, train, evaluate, detect, draw, report, table, info.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>
#include <optional>

#include "commands.hpp"
#include "number_list.hpp"

using namespace soft_label;

namespace {
int fail(const auris::error& e) {
  std::fprintf(stderr, "error: %s\n", e.text().c_str());
  return 1;
}
}  // namespace

int main(int count, char* arguments[]) {
  CLI::App app{"Soft-label multi-task sound event detection (Khandelwal and Das 2023), from sound files to events."};
  app.require_subcommand(1);
  app.footer("Exit codes: 0 done, 1 an error that is told on standard error, 2 and above: the command line is wrong.");
  std::vector<std::string> names;
  for (const auto& s : systems) names.emplace_back(s.name);
  const CLI::IsMember networks(names);
  const CLI::IsMember front_ends({"maestro_mel", "maestro_log_mel", "maestro_mfcc", "maestro_mfcc_40", "maestro_lfcc",
                                  "maestro_cqt", "panns_log_mel"});
  const auto time_modes = CLI::CheckedTransformer(auris::networks::time_mode_names).description("");
  const auto reductions =
      CLI::CheckedTransformer(
          std::map<std::string, auris::reduction>{{"paper", auris::reduction::paper}, {"mean", auris::reduction::mean}})
          .description("");

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
  train_app->add_option("--front-end", t.front_end, "features; maestro_log_mel, or panns_log_mel in time mode C")
      ->check(front_ends);
  train_app->add_option("--time-mode", t.time, "of the soft-label networks: A (default), B or C")
      ->transform(time_modes);
  train_app->add_flag("--reduced", t.reduced, "an eighth of the channels, for small data and quick tries");
  const char* const two_linear =
      "two linear layers in each head, as the baseline has: soft_label_mtl_4 and _4_small in time mode A";
  const CLI::Option* const train_two = train_app->add_flag("--two-linear", two_linear);
  train_app
      ->add_option("--init", t.init,
                   "start from the tensors of this file (safetensors, .pth) that the network has, such as PANNs'")
      ->check(CLI::ExistingFile);
  train_app->add_option("--features", t.features, "folder that keeps features of sound files for the next time");
  std::string tasks = "all";
  const std::map<std::string, task_weights> weights_of_tasks{
      {"sed", {1, 0, 0}}, {"sed+asc", {0.85, 0.15, 0}}, {"sed+aec", {0.85, 0, 0.15}}, {"all", {}}};
  train_app->add_option("--tasks", tasks, "sed, sed+asc, sed+aec or all, with the paper's weights")
      ->check(CLI::IsMember(weights_of_tasks))
      ->capture_default_str();
  std::optional<double> alpha, beta, gamma;
  train_app->add_option("--alpha", alpha, "weight of the events' loss, instead of that of --tasks");
  train_app->add_option("--beta", beta, "weight of the scene's loss")->check(CLI::NonNegativeNumber);
  train_app->add_option("--gamma", gamma, "weight of the environment's loss")->check(CLI::NonNegativeNumber);
  std::optional<auris::reduction> reduction;
  train_app->add_option("--loss", t.request.loss, "mse or wsl")
      ->transform(
          CLI::CheckedTransformer(std::map<std::string, sed_loss>{{"mse", sed_loss::mse}, {"wsl", sed_loss::wsl}}));
  train_app
      ->add_option("--reduction", reduction,
                   "of it: paper (a sum over classes) or mean; by default paper for wsl, mean for mse")
      ->transform(reductions);
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

  table_command b;
  std::string folds;
  auto* table_app = app.add_subcommand(
      "table", "trains and tests every row of the paper's tables 3 to 5; goes on where it was stopped");
  table_app->add_option("--data", b.data,
                        "data set in MAESTRO's layout; without one it is generated, and all is reduced");
  table_app->add_option("--output", b.output, "folder for results and what they need")->required();
  table_app->add_option("--folds", folds, "such as 1-5 or 1,3; all, or the first one where all is reduced");
  table_app->add_option("--seeds", b.seeds, "one training for each")->delimiter(',')->capture_default_str();
  table_app->add_option("--jobs", b.jobs, "trainings at once")->capture_default_str()->check(CLI::Range(1, 256));
  table_app->add_option("--epochs", b.epochs, "at most; 150, or 3 where all is reduced")->check(CLI::PositiveNumber);
  table_app->add_option("--batch", b.batch, "sequences of a batch; 32, or 4 where all is reduced")
      ->check(CLI::PositiveNumber);
  table_app->add_option("--time-mode", b.time, "of PANNs' blocks: A (default), B or C (log-mel alone)")
      ->transform(time_modes);
  table_app->add_option("--reduction", b.reduction, "of the weighted soft label loss: paper (default) or mean")
      ->transform(reductions);
  table_app->add_option("--init", b.init, "start PANNs' blocks from the tensors of this file (Cnn14)")
      ->check(CLI::ExistingFile);
  table_app->add_flag("--reduced", b.reduced, "an eighth of the channels");
  table_app->add_flag("--sweep", b.sweep, "other weights of the tasks (alpha, beta, gamma) instead of the tables");

  draw_command w;
  auto* draw_app =
      app.add_subcommand("draw", "a picture of one clip: log-mel, soft labels, scores, events (a gnuplot script)");
  draw_app->add_option("--data", w.data, "data set in MAESTRO's layout")->required();
  draw_app->add_option("--weights", w.weights, "model file")->required();
  draw_app->add_option("--clip", w.clip, "name of a clip; the first test clip of the fold by default");
  draw_app->add_option("--fold", w.fold, "fold of the cross-validation")->capture_default_str();
  draw_app->add_option("--output", w.picture, "picture that the script makes; the script stands beside it")->required();

  std::string network = "crnn_4b";
  system_options made_with;
  auris::idx frames = 200;
  auto* info_app = app.add_subcommand("info", "layers, shapes, parameters, operations and memory of a network");
  info_app->add_option("--network", network, "network")->check(networks)->capture_default_str();
  info_app->add_option("--time-mode", made_with.time, "A (default), B or C")->transform(time_modes);
  info_app->add_flag("--reduced", made_with.reduced, "an eighth of the channels");
  const CLI::Option* const info_two = info_app->add_flag("--two-linear", two_linear);
  info_app->add_option("--frames", frames, "frames of a clip")->capture_default_str()->check(CLI::Range(1, 1000000));

  const std::map<std::string, backend_kind> backends{{"cpu", backend_kind::cpu}, {"cuda", backend_kind::cuda}};
  for (const auto& [command, backend] : {std::pair{train_app, &t.backend},
                                         {evaluate_app, &e.backend},
                                         {detect_app, &d.backend},
                                         {report_app, &r.of.backend},
                                         {draw_app, &w.backend},
                                         {table_app, &b.backend}})
    command->add_option("--backend", *backend, "cpu (default) or cuda")
        ->transform(CLI::CheckedTransformer(backends).description(""));

  CLI11_PARSE(app, count, arguments);

  t.linear_layers = *train_two ? 2 : 1;
  made_with.linear_layers = *info_two ? 2 : 1;
  t.request.weights = weights_of_tasks.at(tasks);
  if (alpha) t.request.weights.sed = *alpha;
  if (beta) t.request.weights.asc = *beta;
  if (gamma) t.request.weights.aec = *gamma;
  t.request.reduction =
      reduction.value_or(t.request.loss == sed_loss::wsl ? auris::reduction::paper : auris::reduction::mean);

  try {
    if (table_app->parsed()) {
      auto parsed = parse_numbers(folds, "--folds");
      if (!parsed) return fail(parsed.error());
      b.folds = std::move(*parsed);
    }
    const auto done = generate_app->parsed()   ? generate(g)
                      : train_app->parsed()    ? train(t)
                      : evaluate_app->parsed() ? evaluate(e)
                      : detect_app->parsed()   ? detect(d)
                      : report_app->parsed()   ? report(r)
                      : draw_app->parsed()     ? draw(w)
                      : table_app->parsed()    ? table(b)
                                               : info(network, made_with, frames);
    if (done) return 0;
    return fail(done.error());
  } catch (const std::exception& failure) {  // no memory, no such backend
    std::fprintf(stderr, "error: %s\n", failure.what());
  }
  return 1;
}
