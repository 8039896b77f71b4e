// What the training of DcaseNet rests on, on a narrow version 3.
#include <algorithm>
#include <auris/io/checkpoint.hpp>
#include <auris/loss.hpp>
#include <auris/optim.hpp>
#include <auris/train/trainer.hpp>
#include <networks/backend.hpp>
#include <networks/dcasenet.hpp>
#include <networks/dcasenet_initialisation.hpp>

#include "support/catch.hpp"
#include "support/noise.hpp"

using namespace auris;
using namespace auris::networks;

namespace {

constexpr dcasenet_sizes narrow{.narrower = 8};
using network = dcasenet_v3_with<narrow>;
using objective = weighted_sum<term<"asc", cross_entropy>, term<"sed", binary_cross_entropy_with<from_probabilities>>,
                               term<"tag", binary_cross_entropy>>;

/// The values of a tensor in a checkpoint.
std::vector<float> tensor(const weights<network>& w, const char* name) { return to_tensors(w).find(name)->floats(); }

template <label Name>
void check_alone(const weights<network>& w, view<const float> x, std::span<const float> expected) {
  using alone = only<network, Name>;
  STATIC_REQUIRE(alone::live_parameters < network::live_parameters);
  using where = context<cpu, float, deployment>;
  CHECK(deployed<alone>::template need<where>({x.n, x.s, 1}).workspace <=
        deployed<network>::template need<where>({x.n, x.s, 1}).workspace);
  session<deployed<alone>, cpu> run(w);
  const auto y = run(x).value();
  const view<const float> got = y.template get<Name>();
  CHECK(std::ranges::equal(std::span<const float>(got.p, static_cast<std::size_t>(got.size())), expected));
}

}  // namespace

TEST_CASE("dcasenet: each head alone gives the bits of the whole network, with less of it") {
  weights<network> w;
  initialise_dcasenet(w, 1);
  const auto data = noise(2 * 80 * 128);
  const view<const float> x{data.data(), 2, dims(80, 128)};
  session<deployed<network>, cpu> run(w);
  const auto y = run(x).value();
  const auto all = [](const view<const float> v) { return std::vector<float>(v.p, v.p + v.size()); };
  const auto asc = all(y.get<"asc">()), sed = all(y.get<"sed">()), tag = all(y.get<"tag">());
  check_alone<"asc">(w, x, asc);
  check_alone<"sed">(w, x, sed);
  check_alone<"tag">(w, x, tag);
}

TEST_CASE("dcasenet: weights start as published") {
  weights<network> w;
  initialise_dcasenet(w, 1);
  const auto moments = [](const std::vector<float>& x) {
    double sum = 0, square = 0, top = 0;
    for (const float v : x) {
      sum += static_cast<double>(v), square += static_cast<double>(v) * static_cast<double>(v);
      top = std::max(top, std::abs(static_cast<double>(v)));
    }
    const double n = static_cast<double>(x.size());
    return std::array{sum / n, std::sqrt(square / n), top};
  };
  const auto [mean, deviation, top] = moments(tensor(w, "conv_block3.conv2.weight"));
  CHECK(mean == Approx(0).margin(0.01));
  CHECK(deviation == Approx(std::sqrt(2.0 / (32 * 9))).epsilon(0.05));  // of uniform numbers up to sqrt(6 / fan)
  CHECK(top <= std::sqrt(6.0 / (32 * 9)));
  const auto scale = tensor(w, "conv_block4_1.bn2.weight");
  CHECK(std::ranges::any_of(scale, [](float v) { return v != 1; }));
  CHECK(std::ranges::all_of(scale, [](float v) { return std::abs(v - 1) < 0.15f; }));
  for (const char* zeros : {"conv_block1.bn1.bias", "gru_1.bias_ih_l0", "gru_2.bias_hh_l0", "event_fc.bias"})
    CHECK(moments(tensor(w, zeros))[2] == 0);
  for (const char* defaults : {"gru_1.bias_ih_l0_reverse", "fc_ASC.bias", "layer_TAG.6.bias"})
    CHECK(moments(tensor(w, defaults))[2] > 0);
  // The third recurrent gate is orthogonal.
  constexpr std::size_t hidden = 16;
  const auto gates = tensor(w, "gru_1.weight_hh_l0");
  REQUIRE(gates.size() == 3 * hidden * hidden);
  for (std::size_t i = 0; i < hidden; ++i)
    for (std::size_t j = 0; j < hidden; ++j) {
      double product = 0;
      for (std::size_t k = 0; k < hidden; ++k)
        product += static_cast<double>(gates[(2 * hidden + i) * hidden + k]) *
                   static_cast<double>(gates[(2 * hidden + j) * hidden + k]);
      CHECK(product == Approx(i == j).margin(1e-6));
    }
  weights<network> again, other;
  initialise_dcasenet(again, 1), initialise_dcasenet(other, 2);
  CHECK(std::equal(w.params(), w.params() + network::parameters, again.params()));
  CHECK_FALSE(std::equal(w.params(), w.params() + network::parameters, other.params()));
}

TEST_CASE("dcasenet: batches of the tasks go through the whole trunk, and through their own head alone") {
  weights<network> w;
  initialise_dcasenet(w, 1);
  trainer<network, objective, adam, cpu> t(w);
  const auto data = noise(2 * 80 * 128);
  const view<const float> x{data.data(), 2, dims(80, 128)};
  const std::vector<float> scenes(2 * 10, 0.1f), events(2 * 16 * 14), tags(2 * 80);
  weights<network> untrained;
  initialise_dcasenet(untrained, 1);
  const auto statistics = [&] {
    return std::array{tensor(w, "conv_block4_1.bn1.running_mean"), tensor(w, "layer_ASC.0.bn1.running_mean")};
  };
  const auto start = statistics();
  t.objective.weights = {1, 0, 0};
  t.accumulate(x, {{{scenes.data()}, {}, {}}}).value();
  const auto after_scenes = statistics();
  CHECK(after_scenes[0] != start[0]);  // the branch that scenes do not need
  CHECK(after_scenes[1] != start[1]);
  t.objective.weights = {0, 1, 0};
  t.accumulate(x, {{{}, {events.data()}, {}}}).value();
  t.objective.weights = {0, 0, 0};  // a pass that looks only
  CHECK(t.accumulate(x, {}).value().total == 0);
  t.objective.weights = {0, 0, 1};
  t.accumulate(x, {{{}, {}, {tags.data()}}}).value();
  const auto after_all = statistics();
  CHECK(after_all[0] != after_scenes[0]);
  CHECK(after_all[1] == after_scenes[1]);
  t.update().value();
  for (const char* each :
       {"conv_block1.conv1.weight", "gru_1.weight_hh_l0", "fc_ASC.bias", "event_fc.bias", "layer_TAG.6.bias"})
    CHECK(tensor(w, each) != tensor(untrained, each));
}

TEST_CASE("dcasenet: a head of other classes on a frozen trunk with the weights of a checkpoint") {
  constexpr dcasenet_sizes other{.tags = 5, .narrower = 8};
  struct transferred
      : bind<sequential<frozen<dcasenet_v3_body<other>>, heads<output<"tag", tag_branch<other>>>>, dims(dyn, 128)> {};
  using product = only<transferred, "tag">;
  weights<network> from;
  initialise_dcasenet(from, 1);
  weights<transferred> w(2);
  const tensor_file checkpoint = to_tensors(from);
  CHECK_FALSE(load(w, checkpoint, {.partial = true}));  // 80 tags
  const std::string_view heads[]{"layer_TAG.6."};
  load(w, checkpoint, {.ignored = heads, .partial = true}).value();
  const auto of = [&](const char* name) { return to_tensors(w).find(name)->floats(); };
  CHECK(of("gru_2.weight_ih_l0") == tensor(from, "gru_2.weight_ih_l0"));
  CHECK(of("layer_TAG.3.weight") == tensor(from, "layer_TAG.3.weight"));

  const auto data = noise(2 * 80 * 128);
  const std::vector<float> tags(2 * 5, 1.0f);
  trainer<product, weighted_sum<term<"tag", binary_cross_entropy>>, adam, cpu> t(w, {.method = {.rate = 0.01}});
  const auto before = of("layer_TAG.6.bias");
  const double first = t.step({data.data(), 2, dims(80, 128)}, {{{tags.data()}}}).value().total;
  for (int k = 0; k < 10; ++k) t.step({data.data(), 2, dims(80, 128)}, {{{tags.data()}}}).value();
  CHECK(t.step({data.data(), 2, dims(80, 128)}, {{{tags.data()}}}).value().total < first);
  CHECK(of("layer_TAG.6.bias") != before);
  CHECK(of("conv_block1.conv1.weight") == tensor(from, "conv_block1.conv1.weight"));
  CHECK(of("conv_block3.bn1.running_mean") == tensor(from, "conv_block3.bn1.running_mean"));
}

TEST_CASE("dcasenet: the names of the published state dicts of version 3") {
  struct collector : table_visitor {
    std::vector<std::pair<std::string, std::vector<idx>>> rows;
    void operator()(const table_entry& e) override {
      rows.emplace_back(e.name, std::vector<idx>(e.checkpoint.extent, e.checkpoint.extent + e.checkpoint.rank));
    }
  } all;
  dcasenet_v3::visit_parameters(all);
  // 5 blocks of 2 convolutions and 2 batch normalisations, 2 x 8 of GRUs, event_fc, 3 squeezed blocks and a shortcut, 2 dense
  // layers of scenes, 3 of tags; num_batches_tracked is ignored in loading
  CHECK(all.rows.size() == 5 * (2 + 2 * 4) + 16 + 2 + 3 * (2 + 2 * 4 + 2) + 5 + 4 + 6);
  const std::pair<const char*, std::vector<idx>> some[]{{"conv_block1.conv1.weight", {64, 1, 3, 3}},
                                                        {"conv_block4_2.bn2.running_var", {256}},
                                                        {"gru_1.weight_ih_l0", {384, 512}},
                                                        {"gru_2.weight_hh_l0_reverse", {384, 128}},
                                                        {"event_fc.weight", {14, 256}},
                                                        {"layer_ASC.0.downsample.0.weight", {384, 256, 1, 1}},
                                                        {"layer_ASC.0.downsample.1.running_mean", {384}},
                                                        {"layer_ASC.2.se.fc.0.weight", {24, 384}},
                                                        {"layer_ASC.1.se.fc.2.weight", {384, 24}},
                                                        {"code_ASC.weight", {128, 384}},
                                                        {"fc_ASC.bias", {10}},
                                                        {"layer_TAG.0.weight", {1024, 512}},
                                                        {"layer_TAG.3.bias", {1024}},
                                                        {"layer_TAG.6.weight", {80, 1024}}};
  for (const auto& [name, shape] : some) {
    INFO(name);
    CHECK(std::ranges::count(all.rows, std::pair(std::string(name), shape)) == 1);
  }
}
