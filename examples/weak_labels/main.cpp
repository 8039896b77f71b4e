// Weakly labelled sound event detection: generate clips, train networks on them, evaluate and compare them.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>

#include "commands.hpp"

using namespace weak_labels;

namespace {
void add_training_options(CLI::App& command, training_request& request, system_options& system) {
  command.add_option("--epochs", request.epochs, "epochs of a training")->capture_default_str();
  command.add_option("--batch", request.batch, "clips of a batch")->capture_default_str();
  command.add_option("--rate", request.rate, "learning rate of Adam at the start")->capture_default_str();
  command.add_option("--patience", request.patience, "epochs without a better micro-P before the rate falls")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command.add_option("--seed", system.seed, "seed of weights and order")->capture_default_str();
}
}  // namespace

int main(int count, char* arguments[]) {
  CLI::App app{"Weakly labelled sound event detection (Deshmukh, Raj and Singh 2020): 2APAE and its baselines."};
  app.require_subcommand(1);
  app.footer("Exit codes: 0 done, 1 an error that is told on standard error, 2 and above: the command line is wrong.");
  std::vector<std::string> names;
  for (const auto& s : systems) names.emplace_back(s.name);
  const CLI::Range threads(1, 1024);

  generate_command g;
  auto* generate_app =
      app.add_subcommand("generate", "mix clips of three events over a scene, with weak and strong labels");
  generate_app->add_option("--data", g.data, "folder to make")->required();
  generate_app->add_option("--clips", g.clips, "number of clips, of all four folds; the paper's is 8000")
      ->capture_default_str();
  generate_app->add_option("--snr", g.snr, "events over scenes in dB; the paper's are 0, 10 and 20")
      ->check(CLI::Range(-100.0, 100.0))
      ->capture_default_str();
  generate_app->add_option("--classes", g.classes, "synthetic event classes")
      ->check(CLI::Range(1, 41))
      ->capture_default_str();
  generate_app->add_option("--recordings", g.recordings, "synthetic recordings of each class")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  generate_app->add_option("--seed", g.seed, "seed of everything")->capture_default_str();
  generate_app->add_option("--events", g.events, "recordings to use: a folder for each event class");
  auto* scenes = generate_app->add_option("--scenes", g.scenes, "a folder of scenes to use");
  generate_app->add_flag("--white-noise", g.white_noise, "white noise in the place of scenes")->excludes(scenes);
  generate_app->add_option("--mixtures", g.mixtures,
                           "a list in YAML that says which recordings of both folders go where");

  train_command t;
  auto* train_app = app.add_subcommand("train", "train a network on three of the folds and write a model file");
  train_app->add_option("--data", t.data, "folder of clips")->required();
  train_app->add_option("--weights", t.weights, "model file to write")->required();
  train_app->add_option("--fold", t.fold, "fold that is held out")->capture_default_str();
  train_app->add_option("--network", t.network, "network")->check(CLI::IsMember(names))->capture_default_str();
  train_app->add_flag("--reduced", t.system.reduced, "a quarter of the channels, on coarser features");
  train_app->add_option("--alpha", t.request.alpha, "weight of the reconstruction, for 2apae")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  add_training_options(*train_app, t.request, t.system);
  train_app->add_option("--log", t.request.log, "loss and micro-P of every epoch, as csv");

  evaluate_command e;
  auto* evaluate_app =
      app.add_subcommand("evaluate", "micro-P, macro-P and ROC AUC on the fold that each model held out");
  evaluate_app->add_option("--data", e.data, "folder of clips")->required();
  evaluate_app->add_option("--weights", e.weights, "model files; of several, the mean as well")->required();
  evaluate_app->add_option("--results", e.results, "write the figures to this json file");

  table_command b;
  bool full = false;
  auto* table_app = app.add_subcommand(
      "table",
      "the paper's two tables, networks and alpha by SNR, trained anew on four folds; goes on where it was stopped");
  table_app->add_option("--output", b.output, "folder of its clips, finished trainings and tables")->required();
  table_app->add_flag("--full", full, "networks of full size: for recordings, on a GPU");
  table_app->add_option("--clips", b.data.clips, "clips of each SNR, of all four folds")->capture_default_str();
  table_app->add_option("--classes", b.data.classes, "synthetic event classes")
      ->check(CLI::Range(1, 41))
      ->capture_default_str();
  table_app->add_option("--events", b.data.events, "recordings to use: a folder for each event class");
  table_app->add_option("--scenes", b.data.scenes, "a folder of scenes to use");
  add_training_options(*table_app, b.request, b.system);

  explain_command x;
  auto* explain_app = app.add_subcommand("explain", "what 2apae hears in a sound file, when, and at which frequencies");
  explain_app->add_option("file", x.file, "sound file, as long as the clips")->required();
  explain_app->add_option("--weights", x.weights, "model file of 2apae")->required();
  explain_app->add_option("--picture", x.picture, "draw seven panels into this png (gnuplot)");
  explain_app->add_option("--page", x.page, "the same as an html page that plays the sound");
  explain_app->add_option("--labels", x.labels, "strong labels of the file; by default those of the set it lies in");

  denoise_command n;
  auto* denoise_app =
      app.add_subcommand("denoise", "2apae's reconstruction as a cleaned log-mel, compared with the events alone");
  denoise_app->add_option("file", n.file, "sound file, as long as the clips")->required();
  denoise_app->add_option("--weights", n.weights, "model file of 2apae")->required();
  denoise_app->add_option("--output", n.output, "write cleaned, mixture and events to this safetensors file");

  const std::map<std::string, backend_kind> backends{{"cpu", backend_kind::cpu}, {"cuda", backend_kind::cuda}};
  for (const auto& [command, features] : {std::pair{train_app, &t.features}, {evaluate_app, &e.features}})
    command->add_option("--features", *features, "folder that keeps features of sound files for the next time");
  for (const auto& [command, system] : {std::pair{train_app, &t.system},
                                        {evaluate_app, &e.system},
                                        {table_app, &b.system},
                                        {explain_app, &x.system},
                                        {denoise_app, &n.system}}) {
    command->add_option("--threads", system->threads, "threads; the results do not depend on it")
        ->check(threads)
        ->capture_default_str();
    command->add_option("--backend", system->backend, "cpu (default) or cuda")
        ->transform(CLI::CheckedTransformer(backends).description(""));
  }

  CLI11_PARSE(app, count, arguments);

  try {
    b.system.reduced = !full;
    const auto done = generate_app->parsed()   ? generate(g)
                      : train_app->parsed()    ? train(t)
                      : evaluate_app->parsed() ? evaluate(e)
                      : table_app->parsed()    ? table(b)
                      : explain_app->parsed()  ? explain(x)
                                               : denoise(n);
    if (done) return 0;
    std::fprintf(stderr, "error: %s\n", done.error().text().c_str());
  } catch (const std::exception& failure) {  // no memory, no such backend
    std::fprintf(stderr, "error: %s\n", failure.what());
  }
  return 1;
}
