// Heads of two linear layers: `soft_label_sizes::two_linear`.
#include <algorithm>
#include <auris/backend/cpu.hpp>
#include <auris/backend/reference.hpp>
#include <auris/io/checkpoint.hpp>
#include <auris/loss.hpp>
#include <auris/optim.hpp>
#include <auris/testing/check_layer.hpp>
#include <auris/train/trainer.hpp>
#include <networks/soft_label_mtl.hpp>

#include "support/catch.hpp"
#include "support/noise.hpp"

namespace two_linear_test {

using namespace auris;
using networks::soft_label_heads, networks::soft_label_sizes;

namespace {

constexpr soft_label_sizes sizes{.hidden = 3, .events = 4, .scenes = 3, .environments = 2};
struct one_layer : bind<soft_label_heads<sizes>, dims(dyn, 6)> {};
struct two_layers : bind<soft_label_heads<sizes.two_linear(5)>, dims(dyn, 6)> {};

template <class Backend>
void keeps_promises() {
  const auto verdict = testing::check_layer<two_layers, Backend>();
  INFO(verdict.error().text().c_str());
  CHECK(verdict);
}

/// One linear layer that does what these two do, one behind the other.
void join(tensor_file& file, const std::string& first, const std::string& second) {
  const auto values = [&](const std::string& name) { return file.find(name)->floats(); };
  const auto w1 = values(first + ".weight"), b1 = values(first + ".bias"), w2 = values(second + ".weight");
  auto b = values(second + ".bias");
  const std::size_t outputs = b.size(), middle = b1.size(), inputs = w1.size() / middle;
  std::vector<float> w(outputs * inputs);
  for (std::size_t o = 0; o < outputs; ++o)
    for (std::size_t m = 0; m < middle; ++m) {
      b[o] += w2[o * middle + m] * b1[m];
      for (std::size_t i = 0; i < inputs; ++i) w[o * inputs + i] += w2[o * middle + m] * w1[m * inputs + i];
    }
  std::erase_if(file.tensors, [&](const named_tensor& t) {
    return t.name.starts_with(first + ".") || t.name.starts_with(second + ".");
  });
  file.tensors.push_back(
      tensor_of<float>(second + ".weight", {static_cast<idx>(outputs), static_cast<idx>(inputs)}, w));
  file.tensors.push_back(tensor_of<float>(second + ".bias", {static_cast<idx>(outputs)}, b));
}

}  // namespace

TEST_CASE("two linear layers: gradients, and all that a layer promises") {
  keeps_promises<reference>();
  keeps_promises<cpu>();
}

TEST_CASE("two linear layers: no activation stands between them") {
  STATIC_REQUIRE(two_layers::parameters == one_layer::parameters - (6 - 5) * (4 + 3 + 2) + 3 * (6 * 5 + 5));
  const weights<two_layers> two(1);
  tensor_file file = to_tensors(two);
  for (const std::string task : {"sed", "asc", "aec"}) join(file, "inner_" + task, "fc_" + task);
  weights<one_layer> one;
  load(one, file).value();
  const auto x = noise(2 * 7 * 6);
  session<two_layers, reference> run_two(two);
  session<one_layer, reference> run_one(one);
  const auto a = run_two({x.data(), 2, dims(7, 6)}).value();
  const auto b = run_one({x.data(), 2, dims(7, 6)}).value();
  const auto same = [](view<const float> p, view<const float> q) {
    REQUIRE(p.size() == q.size());
    for (idx i = 0; i < p.size(); ++i) CHECK(p.p[i] == Approx(q.p[i]).margin(1e-5));
  };
  same(a.get<"sed">(), b.get<"sed">());
  same(a.get<"asc">(), b.get<"asc">());
  same(a.get<"aec">(), b.get<"aec">());
}

TEST_CASE("two linear layers: training makes the loss smaller, and leaves the layers of a task that weighs nothing") {
  using objective = weighted_sum<term<"sed", mean_squared_error, 0.9>, term<"asc", cross_entropy, 0.1>,
                                 term<"aec", cross_entropy, 0.0>>;
  constexpr idx rows = 2 * 7;
  const auto x = noise(rows * 6);
  std::vector<float> sed, asc(rows * 3), aec(rows * 2);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < 4; ++c) sed.push_back(0.5f + 0.5f * x[6 * r + c]);
    asc[3 * r + r % 3] = 1;
    aec[2 * r + r % 2] = 1;
  }
  weights<two_layers> w(1);
  const auto values = [&](const char* name) { return to_tensors(w).find(name)->floats(); };
  const auto of_events = values("inner_sed.weight"), of_scenes = values("inner_asc.weight"),
             of_environments = values("inner_aec.weight");
  trainer<two_layers, objective, adam, cpu> t(w, {.method = {.rate = 0.01}});
  const view<const float> input{x.data(), 2, dims(7, 6)};
  const objective::targets<float> targets{{{sed.data()}, {asc.data()}, {aec.data()}}};
  const double before = t.evaluate(input, targets).value().total;
  for (int i = 0; i < 200; ++i) t.step(input, targets).value();
  CHECK(t.evaluate(input, targets).value().total < before / 2);
  t.download();
  CHECK(values("inner_sed.weight") != of_events);
  CHECK(values("inner_asc.weight") != of_scenes);
  CHECK(values("inner_aec.weight") == of_environments);
}

}  // namespace two_linear_test
