// Training with kernels for GPUs, run by the host (unit_cuda) or by a GPU (unit_gpu), beside the same training on the CPU.
#include <auris/backend/cpu.hpp>
#if defined(AURIS_CUDA_EXECUTOR)
#include <auris/backend/cuda.cuh>
#else
#include <auris/backend/cuda.hpp>
#endif
#include <auris/loss.hpp>
#include <auris/nn.hpp>
#include <auris/optim.hpp>
#include <auris/train.hpp>
#include <filesystem>

#include "cuda/difference.hpp"
#include "support/catch.hpp"

namespace training_test {

using namespace auris;
using cuda_test::difference;

namespace {

// Every kind of layer of the papers' detectors, small. No bias in front of a batch normalisation: its gradient is nothing but
// rounding errors, which Adam would make as large as any other.
struct net
    : bind<sequential<
               as_image, batch_norm_mel, conv2d<8, 3, 3, no_bias>, batch_norm, relu, avg_pool<1, 2>, dropout<0.2>,
               conv2d<8, 3, 3, no_bias>, batch_norm, relu, max_pool<1, 4>, fold,
               heads<output<"sed", bidirectional<gru<8>>, linear<3>, sigmoid>, output<"asc", mean_time, linear<2>>>>,
           dims(dyn, 16)> {};
using objective = weighted_sum<term<"sed", weighted_soft_label, 0.85>, term<"asc", cross_entropy, 0.15>>;
template <class Backend>
using trainer_on = trainer<net, objective, adam, Backend>;

memory_source<float, 2> clips(idx items, std::uint64_t seed) {
  memory_source<float, 2> s{.items = items, .shape_of_item = dims(6, 16)};
  for (idx n = 0; n < items; ++n) {
    double sum = 0;
    for (int i = 0; i < 6 * 16; ++i) {
      const double v = 2 * uniform(seed, static_cast<std::uint64_t>(n * 96 + i)) - 1;
      s.inputs.push_back(static_cast<float>(v));
      sum += v;
    }
    for (int t = 0; t < 6; ++t)
      for (int c = 0; c < 3; ++c)
        s.terms[0].values.push_back(
            static_cast<float>(uniform(seed + 1, static_cast<std::uint64_t>(n * 18 + 3 * t + c))));
    s.terms[1].values.insert(s.terms[1].values.end(), {sum > 0 ? 1.0f : 0.0f, sum > 0 ? 0.0f : 1.0f});
  }
  return s;
}
train_options<objective, adam> options() { return {.method = {.rate = 0.01}, .largest_norm = 0.5, .seed = 3}; }

}  // namespace

TEST_CASE("steps of a training on cuda follow those on the cpu", "[cuda]") {
  weights<net> on_cpu(1), on_cuda(1);
  trainer_on<cpu> a(on_cpu, options());
  trainer_on<cuda> b(on_cuda, options());
  const auto data = clips(4, 11);
  const view<const float> x{data.inputs.data(), 4, data.shape_of_item};
  const float annotated[4 * 3] = {1, 1, 0, 0, 1, 1, 1, 0, 0.5f, 1, 1, 1};
  const objective::targets<float> targets{
      {{data.terms[0].values.data(), nullptr, annotated}, {data.terms[1].values.data()}}};
  for (int step = 0; step < 5; ++step) {
    const auto expected = a.step(x, targets).value(), got = b.step(x, targets).value();
    CHECK(got.total == Approx(expected.total).epsilon(1e-4));
    CHECK(got.terms[0] == Approx(expected.terms[0]).epsilon(1e-4));
  }
  b.download();
  CHECK(difference({on_cuda.params(), net::parameters}, {on_cpu.params(), net::parameters}) < 1e-3);
  CHECK(difference({on_cuda.buffers(), net::buffers}, {on_cpu.buffers(), net::buffers}) < 1e-4);
  CHECK(b.evaluate(x, targets).value().total == Approx(a.evaluate(x, targets).value().total).epsilon(1e-4));
}

TEST_CASE("losses of a training on cuda stay with those on the cpu", "[cuda]") {
  weights<net> on_cpu(2), on_cuda(2);
  trainer_on<cpu> a(on_cpu, options());
  trainer_on<cuda> b(on_cuda, options());
  const auto data = clips(80, 15);
  for (idx step = 0; step < 20; ++step) {
    const view<const float> x{data.inputs.data() + step * 4 * 96, 4, data.shape_of_item};
    const objective::targets<float> targets{
        {{data.terms[0].values.data() + step * 4 * 18}, {data.terms[1].values.data() + step * 4 * 2}}};
    CHECK(b.step(x, targets).value().total == Approx(a.step(x, targets).value().total).epsilon(1e-3));
  }
}

TEST_CASE("a training on cuda gives the same bits every time", "[cuda]") {
  const auto data = clips(4, 12);
  const auto run = [&] {
    weights<net> w(1);
    trainer_on<cuda> t(w, options());
    const view<const float> x{data.inputs.data(), 4, data.shape_of_item};
    for (int step = 0; step < 2; ++step)
      t.step(x, {{{data.terms[0].values.data()}, {data.terms[1].values.data()}}}).value();
    t.download();
    return std::vector<float>(w.params(), w.params() + net::parameters);
  };
  CHECK(run() == run());
}

TEST_CASE("replayed steps of a training on cuda give the bits of queued ones", "[cuda]") {
  const auto data = clips(16, 16);
  const auto run = [&](bool record) {
    const cuda_queue queue = cuda_queue::make().value();
    weights<net> w(1);
    trainer_on<cuda> t(w, options(), queue);
    if (record) t.record(4, data.shape_of_item).value();
    std::vector<double> all;
    for (idx step = 0; step < 4; ++step) {
      t.optimiser.method.rate = step < 2 ? 0.01 : 0.001;
      const view<const float> x{data.inputs.data() + step * 4 * 96, 4, data.shape_of_item};
      all.push_back(
          t.step(x, {{{data.terms[0].values.data() + step * 4 * 18}, {data.terms[1].values.data() + step * 4 * 2}}})
              .value()
              .total);
    }
    t.download();
    all.insert(all.end(), w.params(), w.params() + net::parameters);
    all.insert(all.end(), w.buffers(), w.buffers() + net::buffers);
    return all;
  };
  CHECK(run(true) == run(false));
}

TEST_CASE("a checkpoint of fit moves between backends", "[cuda]") {
  const auto training = clips(6, 13), validation = clips(3, 14);
  const auto file = std::filesystem::temp_directory_path() / "auris_moving_checkpoint.safetensors";
  const auto run = [&]<class Backend>(std::type_identity<Backend>, weights<net>& w, int epochs,
                                      const auto& checkpoint) {
    trainer_on<Backend> t(w, options());
    fit_options o;
    o.batch = 3;
    o.schedule.epochs = epochs;
    o.progress = false;
    o.checkpoint = checkpoint;
    return fit(t, training, validation, o).value();
  };
  const std::type_identity<cpu> cpu_backend;
  const std::type_identity<cuda> cuda_backend;

  weights<net> whole(1), moved(1);
  const fit_report expected = run(cpu_backend, whole, 3, std::filesystem::path());
  std::filesystem::remove(file);
  run(cpu_backend, moved, 1, file);
  moved.initialise(2);  // what comes is in the file
  const fit_report second = run(cuda_backend, moved, 2, file);
  CHECK(second.resumed_after_epoch == 1);
  moved.initialise(3);
  const fit_report third = run(cpu_backend, moved, 3, file);
  CHECK(third.resumed_after_epoch == 2);
  std::filesystem::remove(file);
  REQUIRE(third.epochs.size() == 3);
  for (std::size_t e = 0; e < 3; ++e) {
    CHECK(third.epochs[e].loss == Approx(expected.epochs[e].loss).epsilon(1e-4));
    CHECK(third.epochs[e].validation_loss == Approx(expected.epochs[e].validation_loss).epsilon(1e-3));
  }
  CHECK(difference({moved.params(), net::parameters}, {whole.params(), net::parameters}) < 1e-3);
}

TEST_CASE("a session on cuda reports what it cannot do", "[cuda]") {
  weights<net> w(1);
  session<net, cuda> run(w);
  const std::vector<float> x(6 * 15);
  CHECK_FALSE(run({x.data(), 1, dims(6, 15)}));
  CHECK_FALSE(run({nullptr, 1, dims(6, 16)}));
  CHECK(run({x.data(), 0, dims(6, 16)}).value().get<"sed">().size() == 0);
}

}  // namespace training_test
