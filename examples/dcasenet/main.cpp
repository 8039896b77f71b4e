// Scenes, tags and events from one network: generate data, train it jointly, fine-tune, evaluate, predict, transfer.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>

#include "commands.hpp"

using namespace dcasenet;

namespace {

/// What the user has changed of the settings: values of other options win over those of the preset.
struct setting_options {
  std::string preset = "code";
  auris::idx batch = 0, iterations = 0, epochs = 0, mixup_from = -1;
  double rate = 0, mixup = -1;
  bool tags_twice = false, tags_once = false;

  training_settings apply() const {
    training_settings s = preset == "code" ? code_settings : preset == "paper" ? paper_settings : quick_settings;
    if (batch > 0) s.batch.fill(batch);
    if (iterations > 0) s.iterations = iterations;
    if (epochs > 0) s.epochs = epochs;
    if (rate > 0) s.rate = rate;
    if (mixup >= 0) s.mixup = mixup;
    if (mixup_from >= 0) s.mixup_from = mixup_from;
    if (tags_twice) s.tags_twice = true;
    if (tags_once) s.tags_twice = false;
    return s;
  }
  void add_to(CLI::App* app) {
    app->add_option("--settings", preset, "code (of the authors), paper, or quick (small batches, few epochs)")
        ->check(CLI::IsMember({"code", "paper", "quick"}))
        ->capture_default_str();
    app->add_option("--batch", batch, "items of a batch, of every task")->check(CLI::PositiveNumber);
    app->add_option("--iterations", iterations, "of an epoch")->check(CLI::PositiveNumber);
    app->add_option("--epochs", epochs, "epochs")->check(CLI::PositiveNumber);
    app->add_option("--rate", rate, "learning rate of Adam at the start")->check(CLI::PositiveNumber);
    app->add_option("--mixup", mixup, "a of Beta(a, a), from which shares are drawn; 0: no mixup")
        ->check(CLI::Range(0.0, 1e6));
    app->add_option("--mixup-from", mixup_from, "index of the first epoch with mixup")->check(CLI::NonNegativeNumber);
    auto* twice = app->add_flag("--tags-twice", tags_twice, "tags' batches pass twice, as in the authors' code");
    app->add_flag("--tags-once", tags_once, "they do not")->excludes(twice);
  }
};

void add_sound_memory(CLI::App* app, double& gigabytes) {
  app->add_option(
         "--sound-memory", gigabytes,
         "gigabytes of sounds of scenes that are kept, and as many of those with tags; the others are read again "
         "each time")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
}
void add_system(CLI::App* app, system_options& o) {
  app->add_option("--threads", o.threads, "threads; the results do not depend on it")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  app->add_option("--backend", o.backend, "cpu (default) or cuda")
      ->transform(CLI::CheckedTransformer(
                      std::map<std::string, backend_kind>{{"cpu", backend_kind::cpu}, {"cuda", backend_kind::cuda}})
                      .description(""));
}

}  // namespace

int main(int count, char* arguments[]) {
  CLI::App app{
      "DcaseNet (Jung, Shim, Kim and Yu 2021): acoustic scenes, audio tags and sound events from one network."};
  app.require_subcommand(1);
  app.footer("Exit codes: 0 done, 1 an error that is told on standard error, 2 and above: the command line is wrong.");

  generate_command g;
  auto* generate_app = app.add_subcommand("generate", "write data of all three tasks, in the layouts of their sets");
  generate_app->add_option("--data", g.data, "folder to make")->required();
  generate_app->add_option("--scene-clips", g.scene_clips, "of each of ten scenes, 10 s each")->capture_default_str();
  generate_app->add_option("--tag-clips", g.tag_clips, "with tags, 1 to 8 s")->capture_default_str();
  generate_app->add_option("--event-clips", g.event_clips, "with events, of four channels")->capture_default_str();
  generate_app->add_option("--event-seconds", g.event_seconds, "length of these")->capture_default_str();
  generate_app->add_option("--seed", g.seed, "seed of everything")->capture_default_str();

  train_command t;
  setting_options train_settings;
  std::string tasks = "ats";
  auto* train_app = app.add_subcommand("train", "train a network on some of the tasks; writes a model file for each");
  train_app->add_option("--data", t.data, "folder of the sets")->required();
  train_app->add_option("--weights", t.weights, "folder for best_asc, best_sed and best_tag.safetensors")->required();
  train_app->add_option("--version", t.system.version, "1, 2 or 3")->check(CLI::Range(1, 3))->capture_default_str();
  train_app->add_option("--tasks", tasks, "letters: a scenes, t tags, s events")->capture_default_str();
  train_app->add_flag("--reduced", t.system.reduced, "a quarter of the width");
  train_app->add_option("--init", t.init, "start from the weights in this file")->check(CLI::ExistingFile);
  train_app->add_option("--seed", t.system.seed, "seed of weights, order, crops and dropout")->capture_default_str();
  train_app->add_option("--log", t.run.log, "losses and figures of every epoch, as csv");
  train_settings.add_to(train_app);
  add_sound_memory(train_app, t.sound_gigabytes);
  add_system(train_app, t.system);

  fine_tune_command f;
  setting_options fine_settings;
  auto* fine_app = app.add_subcommand("fine-tune", "train one task from the joint checkpoint that is best in it");
  fine_app->add_option("--data", f.training.data, "folder of the sets")->required();
  fine_app->add_option("--from", f.from, "folder of a joint training, or a file")->required();
  fine_app->add_option("--weights", f.training.weights, "folder for the best model file")->required();
  fine_app->add_option("--task", f.which, "asc, sed or tag")
      ->required()
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, task>{{"asc", task::asc}, {"sed", task::sed}, {"tag", task::tag}}));
  fine_app->add_option("--seed", f.training.system.seed, "seed of order, crops and dropout")->capture_default_str();
  fine_app->add_option("--log", f.training.run.log, "losses and figures of every epoch, as csv");
  fine_settings.add_to(fine_app);
  add_sound_memory(fine_app, f.training.sound_gigabytes);
  add_system(fine_app, f.training.system);

  evaluate_command e;
  auto* evaluate_app = app.add_subcommand("evaluate", "accuracy, lwlrap, F1 and error rate on the sets' test parts");
  evaluate_app->add_option("--data", e.data, "folder of the sets")->required();
  evaluate_app->add_option("--weights", e.weights, "model files, or state dicts of version 3")->required();
  evaluate_app->add_option("--results", e.results, "write the figures to this json file");
  evaluate_app->add_option("--report", e.report,
                           "write figures, confusions of scenes and lwlrap of tags to this HTML file");
  add_sound_memory(evaluate_app, e.sound_gigabytes);
  add_system(evaluate_app, e.system);

  predict_command p;
  auto* predict_app = app.add_subcommand("predict", "scene, tags and events of sound files, in one pass");
  predict_app->add_option("files", p.files, "sound files")->required();
  predict_app->add_option("--weights", p.weights, "model file, or state dict of version 3")->required();
  predict_app->add_option("--tags", p.tags, "so many of the likeliest tags")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  predict_app->add_option("--threshold", p.threshold, "of events")->capture_default_str();
  add_system(predict_app, p.system);

  table_command b;
  setting_options table_settings{.preset = "quick"};
  bool full = false;
  std::vector<std::string> joint{"at", "as", "ts", "ats"};
  auto* table_app =
      app.add_subcommand("table", "the paper's tables 2 and 3, and the same trainings on own data, reduced");
  table_app->add_option("--data", b.data, "folder of the sets; none: the paper's tables alone");
  table_app->add_option("--versions", b.versions, "of the network")->check(CLI::Range(1, 3))->capture_default_str();
  table_app->add_option("--tasks", joint, "of the joint trainings")->capture_default_str();
  table_app->add_option("--seeds", b.seeds, "figures are means over them")->capture_default_str();
  table_app->add_flag("--full", full, "networks in full width");
  table_settings.add_to(table_app);
  add_sound_memory(table_app, b.sound_gigabytes);
  add_system(table_app, b.system);

  transfer_command r;
  auto* transfer_app = app.add_subcommand("transfer", "a new task: a head for own classes on a frozen trunk");
  transfer_app->add_option("--data", r.data, "a folder of recordings for each class")->required();
  transfer_app->add_option("--weights", r.weights, "model file, or state dict of version 3")->required();
  transfer_app->add_option("--embeddings", r.embeddings, "write those of all recordings to this csv file");
  add_system(transfer_app, r.system);

  info_command i;
  auto* info_app = app.add_subcommand("info", "version 3 pruned to every choice of tasks: size, memory, time");
  info_app->add_option("--frames", i.frames, "of 20 ms")->check(CLI::Range(40, 100000))->capture_default_str();

  CLI11_PARSE(app, count, arguments);

  const auto done = [&]() -> auris::result<void> {
    if (generate_app->parsed()) return generate(g);
    if (train_app->parsed()) {
      const auto chosen = parse_tasks(tasks);
      if (!chosen) return chosen.error();
      t.run.tasks = *chosen, t.run.settings = train_settings.apply(), t.run.seed = t.system.seed;
      return train(t);
    }
    if (fine_app->parsed()) {
      f.training.run.settings = fine_settings.apply(), f.training.run.seed = f.training.system.seed;
      return fine_tune(f);
    }
    if (evaluate_app->parsed()) return evaluate(e);
    if (predict_app->parsed()) return predict(p);
    if (table_app->parsed()) {
      for (const std::string& letters : joint) {
        const auto chosen = parse_tasks(letters);
        if (!chosen) return chosen.error();
        b.joint.push_back(*chosen);
      }
      b.settings = table_settings.apply(), b.system.reduced = !full, b.published_only = b.data.empty();
      return table(b);
    }
    if (transfer_app->parsed()) return transfer(r);
    return info(i);
  };
  try {
    const auto result = done();
    if (result) return 0;
    std::fprintf(stderr, "error: %s\n", result.error().text().c_str());
  } catch (const std::exception& failure) {  // no memory, no such backend
    std::fprintf(stderr, "error: %s\n", failure.what());
  }
  return 1;
}
