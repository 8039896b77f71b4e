#include "training.hpp"

#include <auris/io/file.hpp>
#include <auris/io/progress.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>

using namespace auris;

namespace dcasenet {

namespace {

/// Which tasks have just been as good as never before.
class records {
 public:
  explicit records(const block_based_options& blocks) : blocks_(blocks) {}
  task_set take(task_set tasks, const scores& s) {
    task_set better;
    const auto mark = [&](task t, bool is) { better.has[static_cast<std::size_t>(t)] = tasks[t] && is; };
    mark(task::asc, s.accuracy > accuracy_);
    mark(task::tag, s.lwlrap > lwlrap_);
    const block_based_result& r = blocks_.drop_last_row ? s.seld : s.seld_1s;
    mark(task::sed, r.f1 >= f1_ || r.error_rate <= error_rate_);
    if (tasks[task::asc]) accuracy_ = std::max(accuracy_, s.accuracy);
    if (tasks[task::tag]) lwlrap_ = std::max(lwlrap_, s.lwlrap);
    if (tasks[task::sed]) f1_ = std::max(f1_, r.f1), error_rate_ = std::min(error_rate_, r.error_rate);
    return better;
  }

 private:
  block_based_options blocks_;
  double accuracy_ = -1, lwlrap_ = -1, f1_ = -1, error_rate_ = std::numeric_limits<double>::infinity();
};

result<void> check(const training_settings& s) {
  if (s.iterations < 1 || s.epochs < 1 || s.restart < 0 || s.event_frames < fewest_frames ||
      s.event_frames % frames_of_label != 0)
    return error{"bad option", "training", "1 or more epochs and iterations, events' crops of 40 frames or more",
                 message::of(s.epochs, " epochs, ", s.iterations, " iterations, ", s.event_frames, " frames")};
  if (!(s.mixup >= 0 && s.mixup < 1e6)) return error{"bad option", "--mixup", "0 or more", message::of(s.mixup)};
  return {};
}

}  // namespace

result<std::array<best_epoch, task_count>> run_training(
    system& network, const data_sets& d, const training_run& run,
    const std::function<result<void>(task, const scores&)>& better) {
  const training_settings& o = run.settings;
  if (auto ok = check(o); !ok) return ok.error();
  auto maker = batch_maker::create(d, run.tasks, o, network.sizes(), run.seed);
  if (!maker) return maker.error();
  const auto steps = network.training(run.seed);
  const cosine_restarts schedule{o.rate, o.least_rate, std::max<idx>(o.restart * o.iterations, 1)};
  std::array<best_epoch, task_count> best{};
  records so_far(o.blocks);
  std::string log = "epoch,rate,asc_loss,sed_loss,tag_loss,accuracy,lwlrap,f1,error_rate,f1_1s,error_rate_1s,seconds\n";
  idx step = 0;
  for (idx epoch = 0; epoch < o.epochs; ++epoch) {
    const auto begin = std::chrono::steady_clock::now();
    progress_bar bar(o.iterations, !run.quiet);
    const std::string name = "epoch " + std::to_string(epoch + 1) + "/" + std::to_string(o.epochs);
    std::array<double, task_count> losses{};
    double current = o.rate;
    for (idx i = 0; i < o.iterations; ++i, ++step) {
      if (o.restart > 0) current = schedule.at(step);
      for (const task t : all_tasks) {
        if (!run.tasks[t]) continue;
        auto b = maker->next(t);
        if (!b) return b.error();
        if (t == task::tag && o.tags_twice)
          if (auto ok = steps->look_at(*b); !ok) return ok.error();
        if (o.mixup > 0 && epoch >= o.mixup_from) *b = maker->mix(*b);
        const auto loss = steps->add(t, *b);
        if (!loss) return loss.error();
        losses[static_cast<std::size_t>(t)] += *loss / static_cast<double>(o.iterations);
      }
      if (auto ok = steps->step(current); !ok) return ok.error();
      bar.show(name.c_str(), i + 1);
    }
    steps->finish();
    const auto s = score(network, d, run.tasks);
    if (!s) return s.error();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const task_set found = so_far.take(run.tasks, *s);
    for (const task t : all_tasks)
      if (found[t]) {
        best[static_cast<std::size_t>(t)] = {static_cast<int>(epoch) + 1, *s};
        if (auto ok = better(t, *s); !ok) return ok.error();
      }
    char line[256];
    std::snprintf(line, sizeof line, "%td,%g,%.6f,%.6f,%.6f,%.4f,%.4f,%.4f,%.4f,%.4f,%.4f,%.2f\n", epoch + 1, current,
                  losses[0], losses[1], losses[2], s->accuracy, s->lwlrap, s->seld.f1, s->seld.error_rate,
                  s->seld_1s.f1, s->seld_1s.error_rate, seconds);
    log += line;
    if (!run.log.empty())
      if (auto ok = write_file(run.log, log); !ok) return ok.error();
    bar.finish(message::of(name, ": losses ", losses[0], " ", losses[1], " ", losses[2]).c_str());
  }
  return best;
}

}  // namespace dcasenet
