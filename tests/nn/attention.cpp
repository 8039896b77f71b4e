// Attention poolings: values by hand, the weights on the side, and what only leaves of them.
#include <auris/backend/cpu.hpp>
#include <auris/nn.hpp>
#include <vector>

#include "support/catch.hpp"
#include "support/noise.hpp"

using namespace auris;

namespace {

struct two_step : bind<two_step_attention<attention_form::code>, dims(3, 2, 2)> {};
struct two_step_paper : bind<two_step_attention<attention_form::paper>, dims(3, 2, 2)> {};
struct atrous : bind<atrous_attention<2>, dims(dyn, 2, 1)> {};
struct single_step : bind<attention_pooling<1>, dims(dyn, 1)> {};
struct linear_pool : bind<linear_softmax, dims(dyn, 2)> {};
struct exponential_pool : bind<exponential_softmax, dims(dyn, 1)> {};

std::vector<float> values(view<const float> v) { return {v.p, v.p + v.size()}; }

}  // namespace

TEST_CASE("two-step attention: names, shapes and weights that add up to 1", "[attention]") {
  STATIC_REQUIRE(two_step::parameters == 2 * (2 * 2 + 2) + 2 * (3 * 3 + 3));
  STATIC_REQUIRE(two_step::output_count == 4);
  STATIC_REQUIRE(two_step::shape_of<"mel_attw"> == dims(2, 3, 2));
  STATIC_REQUIRE(two_step::shape_of<"mel_x"> == dims(2, 3));
  STATIC_REQUIRE(two_step::shape_of<"time_attw"> == dims(2, 3));
  STATIC_REQUIRE(two_step::shape_of<"main"> == dims(2));
  struct names : table_visitor {
    std::vector<std::string> all;
    void operator()(const table_entry& e) override { all.emplace_back(e.name); }
  } found;
  two_step::visit_parameters(found);
  CHECK(found.all == std::vector<std::string>{"fc_mel_prob.weight", "fc_mel_prob.bias", "fc_mel_att.weight",
                                              "fc_mel_att.bias", "fc_time_prob.weight", "fc_time_prob.bias",
                                              "fc_time_att.weight", "fc_time_att.bias"});

  const weights<two_step> w(1);
  session<two_step, cpu> run(w);
  const auto x = noise(2 * 12, 3);
  const auto y = run({x.data(), 2, dims(3, 2, 2)}).value();
  const auto mel = values(y.get<"mel_attw">()), time = values(y.get<"time_attw">());
  for (std::size_t i = 0; i < mel.size(); i += 2) CHECK(mel[i] + mel[i + 1] == Approx(1));
  for (std::size_t i = 0; i < time.size(); i += 3) CHECK(time[i] + time[i + 1] + time[i + 2] == Approx(1));
  for (const float v : values(y.get<"main">())) CHECK((v > 0 && v < 1));
}

TEST_CASE("two-step attention: only leaves what is asked for, with the same bits", "[attention]") {
  const weights<two_step> w(1);
  const auto x = noise(2 * 12, 3);
  const view<const float> in{x.data(), 2, dims(3, 2, 2)};
  session<two_step, cpu> all(w);
  const auto y = all(in).value();
  const auto same = [&]<class Pruned>(std::type_identity<Pruned>) {
    session<Pruned, cpu> some(w);
    session<deployed<Pruned>, cpu> product(w);
    const auto a = some(in).value();
    const auto b = product(in).value();
    for (std::size_t i = 0; i < Pruned::output_count; ++i) {
      const std::size_t k = two_step::find(Pruned::outputs()[i].name);
      CHECK(values(a.at(i)) == values(y.at(k)));
      CHECK(values(b.at(i)) == values(y.at(k)));
    }
  };
  using scores = only<two_step, "main">;
  using first_weights = only<two_step, "mel_attw">;
  using second_weights = only<two_step, "time_attw">;
  using two = only<two_step, "mel_x", "time_attw">;
  STATIC_REQUIRE(scores::output_count == 1);
  STATIC_REQUIRE(first_weights::output_count == 1);
  STATIC_REQUIRE(first_weights::live_parameters == 2 * (2 * 2 + 2));
  STATIC_REQUIRE(two::output_count == 2);
  same(std::type_identity<scores>{});
  same(std::type_identity<first_weights>{});
  same(std::type_identity<second_weights>{});
  same(std::type_identity<two>{});
}

TEST_CASE("two-step attention of the paper: scores outside of [0, 1] are cut off", "[attention]") {
  weights<two_step_paper> w(1);
  for (idx i = 0; i < two_step_paper::parameters; ++i) w.params()[i] = 0;
  struct biases : table_visitor {
    weights<two_step_paper>& to;
    explicit biases(weights<two_step_paper>& w_) : to(w_) {}
    void operator()(const table_entry& e) override {
      if (std::string(e.name).ends_with("fc_time_prob.bias"))
        for (idx i = 0; i < e.stored.size(); ++i) to.params()[e.offset + i] = -3;
    }
  } set(w);
  two_step_paper::visit_parameters(set);
  session<two_step_paper, cpu> run(w);
  const auto x = noise(12, 3);
  CHECK(values(run({x.data(), 1, dims(3, 2, 2)}).value().get<"main">()) == std::vector<float>(2, 1e-7f));
}

TEST_CASE("atrous attention by hand; its attention starts at zero", "[attention]") {
  weights<atrous> w(1);
  const float x[] = {1, 2, 3, 4};
  session<atrous, cpu> run(w);
  auto y = run({x, 1, dims(2, 2, 1)}).value();
  CHECK(values(y.get<"attention">()) == std::vector<float>(8, 0.5f));
  // cla: logits (x, 0); att: 10 x - 25 for the first class, which is 0.1 or 0.9 then
  const float params[] = {1, 0, 0, 0, 10, 0, -25, 0};
  for (idx i = 0; i < atrous::parameters; ++i) w.params()[i] = params[i];
  session<atrous, cpu> again(w);
  y = again({x, 1, dims(2, 2, 1)}).value();
  const auto a = values(y.get<"attention">());
  CHECK(a == std::vector<float>{0.1f, 0.1f, 0.9f, 0.9f, 0.5f, 0.5f, 0.5f, 0.5f});
  double sum = 0, rest = 0;
  for (int i = 0; i < 4; ++i) {
    const double all = std::log(1 + std::exp(static_cast<double>(x[i])));
    sum += static_cast<double>(a[static_cast<std::size_t>(i)]) * (static_cast<double>(x[i]) - all), rest -= all / 4;
  }
  const auto score = values(y.get<"main">());
  CHECK(score[0] == Approx(1 / (1 + std::exp(-sum / 2))));
  CHECK(score[1] == Approx(1 / (1 + std::exp(-rest))));
}

TEST_CASE("single-step, linear softmax and exponential softmax pooling by hand", "[attention]") {
  weights<single_step> w(1);
  const float params[] = {1, 0, 2, 0};
  for (idx i = 0; i < single_step::parameters; ++i) w.params()[i] = params[i];
  session<single_step, cpu> attention(w);
  const float x[] = {0, 1};
  const double late = std::exp(2.0) / (1 + std::exp(2.0)), high = 1 / (1 + std::exp(-1.0));
  const auto y = attention({x, 1, dims(2, 1)}).value();
  CHECK(values(y.get<"attention">())[1] == Approx(late));
  CHECK(values(y.get<"main">())[0] == Approx((1 - late) * 0.5 + late * high));

  const weights<linear_pool> none;
  session<linear_pool, cpu> linear(none);
  const float p[] = {0.5f, 0, 0.25f, 0};
  CHECK(values(linear({p, 1, dims(2, 2)}).value().get<"main">())[0] == Approx((0.25 + 0.0625) / 0.75));
  CHECK(values(linear({p, 1, dims(2, 2)}).value().get<"main">())[1] == 0);  // silence

  const weights<exponential_pool> nothing_either;
  session<exponential_pool, cpu> exponential(nothing_either);
  const float q[] = {1, 0};
  CHECK(values(exponential({q, 1, dims(2, 1)}).value().get<"main">())[0] ==
        Approx(std::exp(1.0) / (std::exp(1.0) + 1)));
}

TEST_CASE("poolings of one frame, of none and of no item", "[attention]") {
  const float x[] = {0.5f, 0.25f};
  const auto lengths = [&]<class Network>(std::type_identity<Network>) {
    const weights<Network> w(1);
    session<Network, cpu> run(w);
    const shape item = Network::in_shape;
    CHECK(run({x, 1, item.with(0, 1)}));
    CHECK_FALSE(run({x, 1, item.with(0, 0)}));
    CHECK(run({x, 0, item.with(0, 1)}));
  };
  lengths(std::type_identity<atrous>{});
  lengths(std::type_identity<single_step>{});
  lengths(std::type_identity<linear_pool>{});
  lengths(std::type_identity<exponential_pool>{});
}

TEST_CASE("poolings say no where maps are not known or a clip comes in pieces", "[attention]") {
  STATIC_REQUIRE_FALSE(two_step_attention<attention_form::code>::accepts(dims(dyn, 4, 3)));
  STATIC_REQUIRE_FALSE(two_step_attention<attention_form::code>::accepts(dims(4, dyn, 3)));
  STATIC_REQUIRE_FALSE(global_max::accepts(dims(4)));
  STATIC_REQUIRE_FALSE(global_average::accepts(dims(0, 3, 4)));
  STATIC_REQUIRE_FALSE(global_weighted_rank<0.5>::accepts(dims(4, dyn)));
  STATIC_REQUIRE_FALSE(decltype(linear_pool::layer::stream_verdict())::value);
  STATIC_REQUIRE_FALSE(decltype(two_step::layer::stream_verdict())::value);
}
