#include <cstdio>

#include "commands.hpp"

using namespace auris;

namespace weak_labels {

result<void> train(const train_command& o) {
  if (o.fold < 1 || o.fold > folds)
    return error{"no such fold", "--fold", message::of("1 to ", folds), message::of(o.fold)};
  auto made = make_system(o.network, o.system);
  if (!made) return made.error();
  system& network = **made;
  const resolution& features = resolution_of(o.system.reduced);
  const auto set = read_set(o.data, o.features, o.system.threads, features);
  if (!set) return set.error();
  const auto standard = standardisation_without(*set, o.fold);
  if (!standard) return standard.error();
  const auto training = clips_of(*set, o.fold, false, *standard), validation = clips_of(*set, o.fold, true, *standard);
  if (!training) return training.error();
  if (!validation) return validation.error();
  if (o.system.reduced) std::puts(reduced_banner);
  std::printf("%s, %td parameters: %td clips to train on, %td of fold %d held out\n", o.network.c_str(),
              network.parameters(), training->count, validation->count, o.fold);
  const auto report = network.train(*training, *validation, o.request);
  if (!report) return report.error();

  model_description d;
  d.network = o.network;
  d.front_end = front_end_name;
  d.hop = hop_of(features);
  d.classes = set->classes;
  d.mean = standard->mean, d.deviation = standard->deviation;
  d.options = {{"size", o.system.reduced ? "reduced" : "full"},
               {"fold", std::to_string(o.fold)},
               {"seed", std::to_string(o.system.seed)},
               {"alpha", message::of(o.request.alpha).c_str()}};
  if (auto ok = network.save(o.weights, d); !ok) return ok;
  std::printf("%d epochs in %.1f s, best after %d with micro-P %.4f; wrote %s\n", report->epochs, report->seconds,
              report->best_epoch, report->best_score, o.weights.c_str());
  return {};
}

}  // namespace weak_labels
