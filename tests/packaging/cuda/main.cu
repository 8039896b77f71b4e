// One network type on both backends, and a training that is recorded. Without a GPU the second session reports it: then 77.
#include <auris/backend/cpu.hpp>
#include <auris/backend/cuda.cuh>
#include <auris/loss.hpp>
#include <auris/optim.hpp>
#include <auris/train/trainer.hpp>

#include "../cuda_network.hpp"

namespace {

using objective = auris::weighted_sum<auris::term<"main", auris::mean_squared_error>>;

/// The loss behind two steps.
double trained(bool record) {
  const auris::cuda_queue queue = auris::cuda_queue::make().value();
  auris::weights<network> w(1);
  auris::trainer<network, objective, auris::adam, auris::cuda> t(w, {.method = {.rate = 0.1}}, queue);
  if (record) t.record(1, auris::dims(6, 4, 1)).value();
  const float x[6 * 4] = {1, 2, 3}, y[6 * 2] = {1, 0, 1};
  const auris::view<const float> batch{x, 1, auris::dims(6, 4, 1)};
  for (int step = 0; step < 2; ++step) t.step(batch, {{{y}}}).value();
  return t.evaluate(batch, {{{y}}}).value().total;
}

}  // namespace

int main() {
  if (const int compared = compare_backends<auris::cpu, auris::cuda>(); compared != 0) return compared;
  return trained(true) == trained(false) ? 0 : 1;
}
