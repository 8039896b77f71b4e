// Weakly labelled sound event detection: generate clips, train a network on them, evaluate it.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>

#include "commands.hpp"

using namespace weak_labels;

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

  train_command t;
  auto* train_app = app.add_subcommand("train", "train a network on three of the folds and write a model file");
  train_app->add_option("--data", t.data, "folder of clips")->required();
  train_app->add_option("--weights", t.weights, "model file to write")->required();
  train_app->add_option("--fold", t.fold, "fold that is held out")->capture_default_str();
  train_app->add_option("--network", t.network, "network")->check(CLI::IsMember(names))->capture_default_str();
  train_app->add_flag("--reduced", t.system.reduced, "a quarter of the channels");
  train_app->add_option("--alpha", t.request.alpha, "weight of the reconstruction, for 2apae")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  train_app->add_option("--epochs", t.request.epochs, "epochs")->capture_default_str();
  train_app->add_option("--batch", t.request.batch, "clips of a batch")->capture_default_str();
  train_app->add_option("--rate", t.request.rate, "learning rate of Adam at the start")->capture_default_str();
  train_app->add_option("--patience", t.request.patience, "epochs without a better micro-P before the rate falls")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  train_app->add_option("--seed", t.system.seed, "seed of weights and order")->capture_default_str();
  train_app->add_option("--log", t.request.log, "loss and micro-P of every epoch, as csv");

  evaluate_command e;
  auto* evaluate_app =
      app.add_subcommand("evaluate", "micro-P, macro-P and ROC AUC on the fold that each model held out");
  evaluate_app->add_option("--data", e.data, "folder of clips")->required();
  evaluate_app->add_option("--weights", e.weights, "model files; of several, the mean as well")->required();
  evaluate_app->add_option("--results", e.results, "write the figures to this json file");

  const std::map<std::string, backend_kind> backends{{"cpu", backend_kind::cpu}, {"cuda", backend_kind::cuda}};
  for (const auto& [command, system, features] :
       {std::tuple{train_app, &t.system, &t.features}, {evaluate_app, &e.system, &e.features}}) {
    command->add_option("--features", *features, "folder that keeps features of sound files for the next time");
    command->add_option("--threads", system->threads, "threads; the results do not depend on it")
        ->check(threads)
        ->capture_default_str();
    command->add_option("--backend", system->backend, "cpu (default) or cuda")
        ->transform(CLI::CheckedTransformer(backends).description(""));
  }

  CLI11_PARSE(app, count, arguments);

  try {
    const auto done = generate_app->parsed() ? generate(g) : train_app->parsed() ? train(t) : evaluate(e);
    if (done) return 0;
    std::fprintf(stderr, "error: %s\n", done.error().text().c_str());
  } catch (const std::exception& failure) {  // no memory, no such backend
    std::fprintf(stderr, "error: %s\n", failure.what());
  }
  return 1;
}
