// Times networks in one file that includes all of their kernels, as a program that just embeds the library does: a line for each,
// its name and milliseconds, the median of the calls.
#include <auris/backend/cpu.hpp>
#include <auris/loss.hpp>
#include <auris/nn.hpp>
#include <auris/optim.hpp>
#include <auris/train/trainer.hpp>
#include <chrono>
#include <cstdio>
#include <networks/crnn_4b.hpp>
#include <networks/dcasenet.hpp>
#include <networks/soft_label_mtl.hpp>

namespace {

using namespace auris;

template <class Call>
void report(const char* name, int calls, const Call& call) {
  std::vector<double> took;
  for (int i = 0; i <= calls; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    call();
    const std::chrono::duration<double, std::milli> t = std::chrono::steady_clock::now() - begin;
    if (i > 0) took.push_back(t.count());  // the first one warms up
  }
  std::ranges::sort(took);
  std::printf("%s %.4f\n", name, took[took.size() / 2]);
}

std::vector<float> noise(idx count) {
  std::vector<float> v(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < v.size(); ++i) v[i] = static_cast<float>(2 * uniform(9001, i) - 1);
  return v;
}

template <class Network>
void infer(const char* name, int calls, shape item) {
  weights<Network> w(1);
  session<deployed<Network>, cpu> run(w);
  const auto x = noise(item.size());
  report(name, calls, [&] { run({x.data(), 1, item}).value(); });
}

void train(const char* name, int calls, idx batch, shape item) {
  using network = networks::crnn_4b;
  using objective = weighted_sum<term<"sed", mean_squared_error>>;
  weights<network> w(1);
  trainer<network, objective, adam, cpu> training(w);
  const auto x = noise(batch * item.size()),
             zeros = std::vector<float>(static_cast<std::size_t>(network::output_size(batch, item)));
  trainer<network, objective, adam, cpu>::targets wanted;
  wanted[0] = {zeros.data(), nullptr};
  report(name, calls, [&] { training.step({x.data(), batch, item}, wanted).value(); });
}

}  // namespace

int main() {
  infer<networks::crnn_4b>("crnn_4b", 41, dims(200, 64));
  infer<networks::soft_label_mtl_4>("soft_label_mtl_4", 9, dims(200, 64));
  infer<networks::dcasenet_v3>("dcasenet_v3", 9, dims(251, 128));
  train("crnn_4b:training_step_of_8", 5, 8, dims(200, 64));
}
