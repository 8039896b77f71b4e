#include <auris/backend/cpu/thread_pool.hpp>
#include <chrono>
#include <cstdio>
#include <page/number.hpp>

#include "commands.hpp"
#include "published.hpp"

using namespace auris;

namespace dcasenet {

namespace {

std::string cells(const figures& f) {
  std::string text;
  const auto add = [&](double v, int decimals) {
    char cell[40];
    std::snprintf(cell, sizeof cell, " %7s", page::fixed(v, decimals).c_str());
    text += cell;
  };
  for (const double v : {f.accuracy, f.lwlrap, f.f1}) add(v, 2);
  add(f.error_rate, 4);
  return text;
}

void print_published() {
  std::printf("Single task, published (Table 2)\n%-24s %7s %7s %7s %7s\n", "system", "Acc", "lwlrap", "F1", "ER");
  for (const single_row& r : published_single) std::printf("%-24s%s\n", r.system, cells(r.of).c_str());
  std::printf("\nJoint training -> fine-tuned, published (Table 3)\n%-18s %-5s %7s %7s %7s %7s   %7s %7s %7s %7s\n",
              "model", "tasks", "Acc", "lwlrap", "F1", "ER", "Acc", "lwlrap", "F1", "ER");
  for (const joint_row& r : published_joint)
    std::printf("%-18s %-5s%s  %s\n", r.model, r.tasks, cells(r.joint).c_str(), cells(r.fine_tuned).c_str());
}

/// The task's own figures of its best epoch.
void put(figures& to, task t, const scores& s, const block_based_options& blocks) {
  const block_based_result& r = blocks.drop_last_row ? s.seld : s.seld_1s;
  if (t == task::asc) to.accuracy = 100 * s.accuracy;
  if (t == task::tag) to.lwlrap = 100 * s.lwlrap;
  if (t == task::sed) to.f1 = 100 * r.f1, to.error_rate = r.error_rate;
}
/// Sums over seeds, then means.
struct mean_figures {
  figures sum{0, 0, 0, 0};
  void add(const figures& f) {
    sum.accuracy += f.accuracy, sum.lwlrap += f.lwlrap, sum.f1 += f.f1, sum.error_rate += f.error_rate;
  }
  figures over(std::size_t n) const {
    const double count = static_cast<double>(n);
    return {sum.accuracy / count, sum.lwlrap / count, sum.f1 / count, sum.error_rate / count};
  }
};

/// All trainings of one version and seed.
class table_runs {
 public:
  table_runs(const table_command& o, const data_sets& d, std::filesystem::path beside)
      : o_(o), data_(d), beside_(std::move(beside)) {}

  result<figures> single(int version, std::uint64_t seed) {
    figures all;
    for (const task t : all_tasks) {
      auto network = make_system(options(version, seed));
      if (!network) return network.error();
      if (auto ok = train(**network, task_set::of(t), seed, all, nullptr); !ok) return ok.error();
    }
    return all;
  }
  result<std::pair<figures, figures>> joint(int version, std::uint64_t seed, task_set tasks) {
    std::pair<figures, figures> both;
    auto network = make_system(options(version, seed));
    if (!network) return network.error();
    const model_description d = describe(options(version, seed), data_, tasks, "table");
    const auto keep = [&](task t, const scores&) { return (*network)->save(file_of(t), d); };
    if (auto ok = train(**network, tasks, seed, both.first, keep); !ok) return ok.error();
    for (const task t : all_tasks) {
      if (!tasks[t]) continue;
      auto again = make_system(options(version, seed));
      if (!again) return again.error();
      if (auto ok = start_from(**again, file_of(t)); !ok) return ok.error();
      if (auto ok = train(**again, task_set::of(t), seed + 1000, both.second, nullptr); !ok) return ok.error();
    }
    return both;
  }

 private:
  system_options options(int version, std::uint64_t seed) const {
    system_options s = o_.system;
    s.version = version, s.seed = seed;
    return s;
  }
  std::filesystem::path file_of(task t) const { return beside_ / (std::string(name_of(t)) + ".safetensors"); }
  result<void> train(system& network, task_set tasks, std::uint64_t seed, figures& to,
                     std::function<result<void>(task, const scores&)> keep) const {
    if (!keep) keep = [](task, const scores&) { return result<void>(); };
    const auto best = run_training(
        network, data_, {.tasks = tasks, .settings = o_.settings, .seed = seed, .log = {}, .quiet = true}, keep);
    if (!best) return best.error();
    for (const task t : all_tasks)
      if (tasks[t]) put(to, t, (*best)[static_cast<std::size_t>(t)].s, o_.settings.blocks);
    return {};
  }

  const table_command& o_;
  const data_sets& data_;
  std::filesystem::path beside_;
};

result<void> own_rows(const table_command& o, const std::filesystem::path& beside) {
  thread_pool threads(o.system.threads);
  const auto sets = read_sets(o.data, task_set::all(), o.settings.match, o.sound_gigabytes, threads);
  if (!sets) return sets.error();
  table_runs runs(o, *sets, beside);
  std::printf("\nOn %s, %zu seeds", o.data.c_str(), o.seeds.size());
  std::printf(", %td epochs of %td iterations each\n", o.settings.epochs, o.settings.iterations);
  if (o.system.reduced)
    std::printf(
        "REDUCED: a quarter of the width, small batches, little data. Figures are not those of the published "
        "systems.\n");
  const char* form = o.system.reduced ? " reduced" : "";
  std::printf("%-24s %7s %7s %7s %7s\n", "single task", "Acc", "lwlrap", "F1", "ER");
  std::fflush(stdout);
  for (const int version : o.versions) {
    mean_figures mean;
    for (const std::uint64_t seed : o.seeds) {
      const auto f = runs.single(version, seed);
      if (!f) return f.error();
      mean.add(*f);
    }
    std::printf("v%d%-22s%s\n", version, form, cells(mean.over(o.seeds.size())).c_str());
    std::fflush(stdout);
  }
  std::printf("%-18s %-5s %7s %7s %7s %7s   %7s %7s %7s %7s\n", "joint, fine-tuned", "tasks", "Acc", "lwlrap", "F1",
              "ER", "Acc", "lwlrap", "F1", "ER");
  for (const int version : o.versions)
    for (const task_set tasks : o.joint) {
      mean_figures joint, fine_tuned;
      for (const std::uint64_t seed : o.seeds) {
        const auto f = runs.joint(version, seed, tasks);
        if (!f) return f.error();
        joint.add(f->first), fine_tuned.add(f->second);
      }
      std::printf("v%d%-16s %-5s%s  %s\n", version, form, letters_of(tasks).c_str(),
                  cells(joint.over(o.seeds.size())).c_str(), cells(fine_tuned.over(o.seeds.size())).c_str());
      std::fflush(stdout);
    }
  return {};
}

}  // namespace

result<void> table(const table_command& o) {
  print_published();
  if (o.published_only) return {};
  // checkpoints of the joint trainings, until they are fine-tuned
  const auto beside = std::filesystem::temp_directory_path() /
                      ("dcasenet_table_" + std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()));
  auto done = own_rows(o, beside);
  std::error_code ignored;
  std::filesystem::remove_all(beside, ignored);
  return done;
}

}  // namespace dcasenet
