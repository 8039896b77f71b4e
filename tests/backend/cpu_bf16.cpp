// Networks whose deployed form keeps weights as bf16: what is prepared, and how far results are from those of floats.
#include <algorithm>
#include <auris/backend/cpu.hpp>
#include <auris/loss.hpp>
#include <auris/nn.hpp>
#include <auris/optim.hpp>
#include <auris/train/trainer.hpp>
#include <cmath>
#include <vector>

#include "support/catch.hpp"

namespace cpu_bf16_test {

using namespace auris;

namespace {

/// A kernel of its own for one channel, a product, Winograd's, and one whose maps are narrow for its weights.
struct network : bind<sequential<conv2d<64, 3, 3, no_bias>, batch_norm, relu, max_pool<1, 4>, conv2d<32, 1, 1>,
                                 conv2d<64, 3, 3>, relu, max_pool<1, 4>, conv2d<128, 3, 3>, relu, avg_pool<2, 2>, fold,
                                 bidirectional<gru<40>>, linear<33>, sigmoid>,
                      dims(dyn, 64, 1)> {};

template <class Layer, class Backend>
constexpr idx prepared(shape item) {
  return deployed<Layer>::template need<context<Backend, float, deployment>>({1, item}).prepared;
}

}  // namespace

TEST_CASE("cpu_bf16: what deployed networks keep", "[cpu][bf16]") {
  using conv = kernel_of<op::conv2d, cpu_bf16, float>;
  using floats = kernel_of<op::conv2d, cpu, float>;
  constexpr auto layer = [](idx mel, idx in, idx out, idx kernel = 3) {
    const idx half = kernel / 2;
    return op::conv2d::size{1, in, out, {200, kernel, 1, half, half}, {mel, kernel, 1, half, half}};
  };
  static_assert(conv::prepared(layer(16, 40, 64, 5)) == 25 * 40 * 64 / 2);
  static_assert(conv::prepared(layer(16, 64, 128)) == floats::prepared(layer(16, 64, 128)));  // Winograd's
  static_assert(conv::prepared(layer(4, 64, 128)) * 10 ==
                floats::prepared(layer(4, 64, 128)));  // narrow: not transformed
  static_assert(conv::prepared(layer(16, 1, 64)) == floats::prepared(layer(16, 1, 64)));
  constexpr op::linear::size map{5, 64, 96};
  static_assert(2 * kernel_of<op::linear, cpu_bf16, float>::prepared(map) ==
                kernel_of<op::linear, cpu, float>::prepared(map));
  CHECK(prepared<network, cpu_bf16>(dims(20, 64, 1)) < prepared<network, cpu>(dims(20, 64, 1)) / 2);
}

TEST_CASE("cpu_bf16: a deployed network is nearly as precise", "[cpu][bf16]") {
  weights<network> w(3);
  std::vector<float> x(2 * 20 * 64);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(uniform(7, i)) * 2 - 1;
  const view<const float> input{x.data(), 2, dims(20, 64, 1)};
  session<deployed<network>, cpu> full(w);
  session<deployed<network>, cpu_bf16> half(w);
  const view<const float> expected = full(input).value().get<"main">(), got = half(input).value().get<"main">();
  double worst = 0;
  for (idx i = 0; i < expected.size(); ++i)
    worst = std::max(worst, std::abs(static_cast<double>(got.p[i]) - static_cast<double>(expected.p[i])));
  CHECK(worst < 0x1p-11);
  CHECK(worst > 0);
}

TEST_CASE("cpu_bf16: all but deployed networks is as on cpu", "[cpu][bf16]") {
  CHECK(reads_prepared_weights<op::linear, context<cpu_bf16, float, deployment>>);
  CHECK_FALSE(reads_prepared_weights<op::linear, context<cpu_bf16, double, deployment>>);
  using objective = weighted_sum<term<"main", mean_squared_error>>;
  struct small : bind<sequential<linear<16>, relu, gru<8>, linear<3>>, dims(dyn, 10)> {};
  std::vector<float> x(2 * 5 * 10), y(2 * 5 * 3, 0.5f);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(uniform(7, i)) * 2 - 1;
  const auto trained = [&]<class Backend>(std::type_identity<Backend>) {
    weights<small> w(1);
    trainer<small, objective, adam, Backend> t(w, {});
    for (int i = 0; i < 3; ++i) t.step({x.data(), 2, dims(5, 10)}, {{{y.data()}}}).value();
    session<small, Backend> run(w);
    const view<const float> out = run({x.data(), 2, dims(5, 10)}).value().template get<"main">();
    return std::vector<float>(out.p, out.p + out.size());
  };
  CHECK(trained(std::type_identity<cpu_bf16>{}) == trained(std::type_identity<cpu>{}));
}

}  // namespace cpu_bf16_test
