// A training step of the papers' networks, with kernels for GPUs that run on the host, is that of the CPU.
#include <auris/backend/cpu.hpp>
#include <auris/backend/cuda.cuh>
#include <auris/loss.hpp>
#include <auris/nn.hpp>
#include <auris/optim.hpp>
#include <auris/train.hpp>
#include <networks/crnn_4b.hpp>
#include <networks/soft_label_mtl.hpp>

#include "cuda/difference.hpp"
#include "support/catch.hpp"
#include "support/noise.hpp"

namespace network_training_test {

using namespace auris;
using namespace auris::networks;

namespace {

constexpr idx items = 2, frames = 5;

/// What one step of gradient descent with rate 1 subtracts from the parameters, and the rest of what it leaves.
template <class Network, class Objective, class Backend>
struct one_step {
  weights<Network> w{1};
  std::vector<float> gradient{w.params(), w.params() + Network::parameters};
  loss_values<Objective::count> losses;

  one_step(view<const float> x, const typename Objective::template targets<float>& targets) {
    trainer<Network, Objective, sgd, Backend> t(w, {.method = {.rate = 1}, .seed = 3});
    losses = t.step(x, targets).value();
    t.download();
    for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] -= w.params()[i];
  }
};

template <class Network, class Objective>
void check_step(const typename Objective::template targets<float>& targets) {
  const auto values = noise(items * frames * 64);
  const view<const float> x{values.data(), items, dims(frames, 64)};
  const one_step<Network, Objective, cpu> expected(x, targets);
  const one_step<Network, Objective, cuda> found(x, targets);
  CHECK(found.losses.total == Approx(expected.losses.total).epsilon(1e-4));
  for (std::size_t k = 0; k < Objective::count; ++k)
    CHECK(found.losses.terms[k] == Approx(expected.losses.terms[k]).epsilon(1e-4));
  CHECK(cuda_test::difference(found.gradient, expected.gradient) < 1e-4);
  CHECK(cuda_test::difference({found.w.buffers(), Network::buffers}, {expected.w.buffers(), Network::buffers}) < 1e-4);
}

/// (items, frames, classes): between 0 and 1.
std::vector<float> soft_labels(idx classes) {
  auto y = noise(items * frames * classes, 7);
  for (float& v : y) v = (v + 1) / 2;
  return y;
}
/// The first class in each frame.
std::vector<float> first_class(idx classes) {
  std::vector<float> y(static_cast<std::size_t>(items * frames * classes));
  for (std::size_t i = 0; i < y.size(); i += static_cast<std::size_t>(classes)) y[i] = 1;
  return y;
}

}  // namespace

TEST_CASE("a training step of crnn_4b on cuda is that of the cpu", "[cuda]") {
  const auto events = soft_labels(17);
  check_step<crnn_4b, weighted_sum<term<"sed", weighted_soft_label>>>({{{events.data()}}});
}

TEST_CASE("a training step of soft_label_mtl_3 on cuda is that of the cpu", "[cuda]") {
  const auto events = soft_labels(17), scene = first_class(5), environment = first_class(2);
  using objective = weighted_sum<term<"sed", weighted_soft_label, 0.85>, term<"asc", cross_entropy, 0.10>,
                                 term<"aec", cross_entropy, 0.05>>;
  check_step<soft_label_mtl_3, objective>({{{events.data()}, {scene.data()}, {environment.data()}}});
}

}  // namespace network_training_test
