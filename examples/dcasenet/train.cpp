#include <auris/backend/cpu/thread_pool.hpp>
#include <cstdio>

#include "commands.hpp"

using namespace auris;

namespace dcasenet {

namespace {

void print_best(task t, const best_epoch& b) {
  if (t == task::asc)
    std::printf("  scenes: accuracy %.2f %%, epoch %d\n", 100 * b.s.accuracy, b.epoch);
  else if (t == task::tag)
    std::printf("  tags: lwlrap %.2f %%, epoch %d\n", 100 * b.s.lwlrap, b.epoch);
  else
    std::printf("  events: F1 %.2f %%, ER %.4f (blocks of 1 s: %.2f %%, %.4f), epoch %d\n", 100 * b.s.seld.f1,
                b.s.seld.error_rate, 100 * b.s.seld_1s.f1, b.s.seld_1s.error_rate, b.epoch);
}

std::filesystem::path best_file(const std::filesystem::path& folder, task t) {
  return folder / (std::string("best_") + name_of(t) + ".safetensors");
}

result<void> train_on(system& network, const train_command& o, const char* what) {
  thread_pool threads(o.system.threads);
  const auto sets = read_sets(o.data, o.run.tasks, o.run.settings.match, o.sound_gigabytes, threads);
  if (!sets) return sets.error();
  if (o.system.reduced)
    std::printf("REDUCED: a quarter of the width. Figures are not those of the published systems.\n");
  std::printf("%s, %td parameters, tasks %s, %s\n", network_name(o.system.version).c_str(), network.parameters(),
              letters_of(o.run.tasks).c_str(), what);
  const model_description d = describe(o.system, *sets, o.run.tasks, what);
  const auto best = run_training(network, *sets, o.run,
                                 [&](task t, const scores&) { return network.save(best_file(o.weights, t), d); });
  if (!best) return best.error();
  for (const task t : all_tasks)
    if (o.run.tasks[t]) {
      print_best(t, (*best)[static_cast<std::size_t>(t)]);
      std::printf("  wrote %s\n", best_file(o.weights, t).c_str());
    }
  return {};
}

}  // namespace

result<void> train(const train_command& o) {
  auto network = make_system(o.system);
  if (!network) return network.error();
  if (!o.init.empty())
    if (auto ok = start_from(**network, o.init); !ok) return ok;
  return train_on(**network, o, "trained from the start");
}

result<void> fine_tune(fine_tune_command o) {
  std::error_code problem;
  const auto file = std::filesystem::is_directory(o.from, problem) ? best_file(o.from, o.which) : o.from;
  auto joint = read_system(file, o.training.system);
  if (!joint) return joint.error();
  o.training.system = joint->options;
  o.training.run.tasks = task_set::of(o.which);
  return train_on(*joint->network, o.training, ("fine-tuned from " + joint->description.options["tasks"]).c_str());
}

}  // namespace dcasenet
