#include <auris/train/trainer.hpp>

#include <auris/backend/reference.hpp>
#include <auris/loss.hpp>
#include <auris/nn/batch_norm.hpp>
#include <auris/nn/dropout.hpp>
#include <auris/nn/linear.hpp>
#include <auris/nn/relu.hpp>
#include <auris/optim.hpp>
#include <vector>

#include "support/allocations.hpp"
#include "support/catch.hpp"

namespace trainer_test {

using namespace auris;

namespace {
struct net : bind<sequential<linear<8>, batch_norm, relu, dropout<0.2>,
                             heads<output<"sed", linear<3>>, output<"asc", linear<2>>>>,
                  dims(dyn, 4)> {};
using objective = weighted_sum<term<"sed", mean_squared_error, 0.8>, term<"asc", cross_entropy, 0.2>>;
template <class Method>
using trainer_of = trainer<net, objective, Method, reference>;

// A batch of made-up sequences.
struct material {
  idx items, frames;
  std::vector<float> x, sed, asc, mask;
  material(idx n, idx t) : items(n), frames(t) {
    const auto rows = static_cast<std::size_t>(n * t);
    for (std::size_t i = 0; i < rows * 4; ++i) x.push_back(static_cast<float>(2 * uniform(1, i) - 1));
    for (std::size_t i = 0; i < rows * 3; ++i) sed.push_back(static_cast<float>(uniform(2, i)));
    for (std::size_t i = 0; i < rows; ++i) {
      asc.push_back(x[4 * i] > 0), asc.push_back(!(x[4 * i] > 0));
      mask.push_back(i % 3 != 0);
    }
  }
  view<const float> input() const { return {x.data(), items, dims(frames, 4)}; }
  objective::targets<float> targets() const { return {{{sed.data()}, {asc.data(), mask.data()}}}; }
};
std::vector<float> params(const weights<net>& w) { return {w.params(), w.params() + net::parameters}; }
std::vector<float> buffers(const weights<net>& w) { return {w.buffers(), w.buffers() + net::buffers}; }
}  // namespace

TEST_CASE("trainer: the loss falls") {
  weights<net> w(1);
  const material m(2, 10);
  trainer_of<adam> t(w, {.method = {.rate = 0.01}});
  const double before = t.evaluate(m.input(), m.targets()).value().total;
  for (int i = 0; i < 200; ++i) t.step(m.input(), m.targets()).value();
  CHECK(t.evaluate(m.input(), m.targets()).value().total < before / 2);
  CHECK(t.optimiser.steps() == 200);
}

TEST_CASE("trainer: the gradient of a step is that of the objective") {
  struct smooth : bind<sequential<linear<3>, batch_norm, heads<output<"sed", linear<3>>, output<"asc", linear<2>>>>,
                       dims(dyn, 4)> {};
  weights<smooth, double> w(5);
  const material m(2, 5);
  const std::vector<double> x(m.x.begin(), m.x.end()), sed(m.sed.begin(), m.sed.end()), asc(m.asc.begin(), m.asc.end()),
      mask(m.mask.begin(), m.mask.end());
  trainer<smooth, objective, sgd, reference, double> t(w, {.method = {.rate = 0}});  // the weights stay
  const auto loss = [&] {
    return t.step({x.data(), 2, dims(5, 4)}, {{{sed.data()}, {asc.data(), mask.data()}}}).value().total;
  };
  loss();
  const std::vector<double> gradients(t.gradients().begin(), t.gradients().end());
  REQUIRE(gradients.size() == smooth::parameters);
  for (std::size_t i = 0; i < gradients.size(); ++i) {
    constexpr double h = 1e-6;
    double& v = w.params()[i];
    const double at = v;
    v = at + h;
    const double up = loss();
    v = at - h;
    const double down = loss();
    v = at;
    CHECK(gradients[i] == Approx((up - down) / (2 * h)).margin(1e-7));
  }
}

TEST_CASE("trainer: evaluation changes nothing and knows no dropout") {
  weights<net> w(1);
  const material m(2, 10);
  trainer_of<adam> t(w);
  t.step(m.input(), m.targets()).value();
  const auto p = params(w), b = buffers(w);
  const double once = t.evaluate(m.input(), m.targets()).value().total;
  CHECK(t.evaluate(m.input(), m.targets()).value().total == once);
  CHECK(params(w) == p);
  CHECK(buffers(w) == b);
  t.step(m.input(), m.targets()).value();
  CHECK(params(w) != p);
  CHECK(buffers(w) != b);
}

TEST_CASE("trainer: random numbers depend on the seed") {
  const auto after_a_step = [](std::uint64_t seed) {
    weights<net> w(1);
    const material m(2, 10);
    trainer_of<adam> t(w, {.seed = seed});
    t.step(m.input(), m.targets()).value();
    return params(w);
  };
  CHECK(after_a_step(3) == after_a_step(3));
  CHECK(after_a_step(3) != after_a_step(4));
}

TEST_CASE("trainer: a head whose weight is 0 is not trained, and needs no targets") {
  weights<net> w(1);
  const material m(2, 10);
  objective o;
  o.weights = {1, 0};
  trainer_of<adam> t(w, {.objective = o});
  const auto before = params(w);
  const auto l = t.step(m.input(), {{{m.sed.data()}, {}}}).value();
  CHECK(l.terms[1] == 0);
  CHECK(l.total == Approx(l.terms[0]));
  const auto after = params(w);
  const std::size_t last_head = 2 * 9;
  CHECK(std::equal(before.end() - last_head, before.end(), after.end() - last_head));
  CHECK_FALSE(std::equal(before.begin(), before.end() - last_head, after.begin()));
}

TEST_CASE("trainer: a pruned network trains the weights of the whole; the rest stays") {
  using one_head = weighted_sum<term<"sed", mean_squared_error>>;
  weights<net> w(1);
  const material m(2, 10);
  trainer<only<net, "sed">, one_head, adamw, reference> t(w, {.method = {.rate = 0.01, .weight_decay = 0.1}});
  const auto before = params(w);
  for (int i = 0; i < 5; ++i) t.step(m.input(), {{{m.sed.data()}}}).value();
  const auto after = params(w);
  CHECK(std::equal(before.end() - 2 * 9, before.end(), after.end() - 2 * 9));
  CHECK(after[0] != before[0]);
}

TEST_CASE("trainer: frozen layers keep parameters and running statistics") {
  struct transfer : bind<sequential<frozen<sequential<linear<8>, batch_norm>>, relu,
                                    heads<output<"sed", linear<3>>, output<"asc", linear<2>>>>,
                         dims(dyn, 4)> {};
  weights<transfer> w(1);
  const material m(2, 10);
  trainer<transfer, objective, adamw, reference> t(w, {.method = {.rate = 0.01, .weight_decay = 0.1}});
  const std::vector<float> before(w.params(), w.params() + transfer::parameters);
  for (int i = 0; i < 5; ++i) t.step(m.input(), m.targets()).value();
  constexpr idx frozen_part = 4 * 8 + 8 + 2 * 8;
  for (idx i = 0; i < transfer::parameters; ++i)
    CHECK((w.params()[i] == before[static_cast<std::size_t>(i)]) == (i < frozen_part));
  for (idx i = 0; i < transfer::buffers; ++i) CHECK(w.buffers()[i] == (i < 8 ? 0 : 1));
}

TEST_CASE("trainer: clipping bounds the gradients of a step") {
  weights<net> w(1);
  const material m(2, 10);
  trainer_of<sgd> t(w, {.method = {.rate = 1}, .largest_norm = 0.01});
  const auto before = params(w);
  t.step(m.input(), m.targets()).value();
  double moved = 0;
  for (std::size_t i = 0; i < before.size(); ++i) moved += std::pow(double(params(w)[i]) - before[i], 2);
  CHECK(std::sqrt(moved) == Approx(0.01).epsilon(1e-3));
}

TEST_CASE("trainer: a loss that is not finite stops before the parameters change, and names the step") {
  weights<net> w(1);
  material m(2, 10);
  trainer_of<adam> t(w);
  t.step(m.input(), m.targets()).value();
  const auto before = params(w);
  m.sed[7] = std::nanf("");
  const auto l = t.step(m.input(), m.targets());
  REQUIRE_FALSE(l);
  CHECK(std::string(l.error().where.c_str()) == "training step 2");
  CHECK(std::string(l.error().text().c_str()).find("sed nan, asc 0.") != std::string::npos);
  CHECK(params(w) == before);
  CHECK(t.optimiser.steps() == 1);
}

TEST_CASE("trainer: batches of several tasks add up to one step") {
  // Without batch normalisation the gradient of a batch is the mean of those of its halves.
  struct plain
      : bind<sequential<linear<8>, relu, heads<output<"sed", linear<3>>, output<"asc", linear<2>>>>, dims(dyn, 4)> {};
  const material m(2, 10);
  const auto half = [&](idx i) { return view<const float>{m.x.data() + i * 40, 1, dims(10, 4)}; };
  const auto targets = [&](idx i) -> objective::targets<float> {
    return {{{m.sed.data() + i * 30}, {m.asc.data() + i * 20}}};
  };
  weights<plain> whole(3), parts(3);
  trainer<plain, objective, sgd, reference> a(whole, {.method = {.rate = 0.1}}), b(parts, {.method = {.rate = 0.05}});
  a.step(m.input(), {{{m.sed.data()}, {m.asc.data()}}}).value();
  b.step(half(0), targets(0)).value();  // its gradients must not stay
  parts.initialise(3);
  for (const idx i : {0, 1}) b.accumulate(half(i), targets(i)).value();
  b.update().value();
  for (idx i = 0; i < plain::parameters; ++i) CHECK(parts.params()[i] == Approx(whole.params()[i]).margin(1e-6));
  CHECK(b.optimiser.steps() == 2);

  // Each batch with a task of its own.
  weights<plain> joint(3), one(3), other(3);
  trainer<plain, objective, sgd, reference> t(joint), sed(one), asc(other);
  t.objective.weights = {1, 0};
  CHECK(t.accumulate(half(0), {{{m.sed.data()}, {}}}).value().terms[1] == 0);
  t.objective.weights = {0, 1};
  t.accumulate(half(1), {{{}, {m.asc.data() + 20}}}).value();
  t.update().value();
  sed.objective.weights = {1, 0}, asc.objective.weights = {0, 1};
  sed.step(half(0), {{{m.sed.data()}, {}}}).value();
  asc.step(half(1), {{{}, {m.asc.data() + 20}}}).value();
  for (idx i = 0; i < plain::parameters; ++i)
    CHECK(t.gradients()[static_cast<std::size_t>(i)] ==
          Approx(sed.gradients()[static_cast<std::size_t>(i)] + asc.gradients()[static_cast<std::size_t>(i)])
              .margin(1e-6));
}

TEST_CASE("trainer: a head whose term weighs nothing is not computed in a step") {
  struct two : bind<sequential<batch_norm, heads<output<"sed", linear<3>>, output<"asc", batch_norm, linear<2>>>>,
                    dims(dyn, 4)> {};
  weights<two> w(1);
  const material m(2, 10);
  trainer<two, objective, sgd, reference> t(w);
  const auto statistics = [&] { return std::vector<float>(w.buffers(), w.buffers() + two::buffers); };
  const auto before = statistics();
  t.objective.weights = {1, 0};
  t.step(m.input(), {{{m.sed.data()}, {}}}).value();
  const auto after = statistics();
  REQUIRE(after.size() == 16);  // mean and variance of the trunk, then of the head
  CHECK(after[0] != before[0]);
  CHECK(std::equal(after.begin() + 8, after.end(), before.begin() + 8));
  t.objective.weights = {0, 1};
  t.step(m.input(), {{{}, {m.asc.data()}}}).value();
  CHECK(statistics()[8] != after[8]);
}

TEST_CASE("trainer: there is nothing to update with after an update, or a batch with an error") {
  weights<net> w(1);
  material m(2, 10);
  trainer_of<sgd> t(w);
  CHECK(t.update().error().text() == "no gradients: trainer, update: expected a batch or more before");
  t.accumulate(m.input(), m.targets()).value();
  t.update().value();
  CHECK_FALSE(t.update());
  t.accumulate(m.input(), m.targets()).value();
  CHECK_FALSE(t.accumulate({m.x.data(), 0, dims(10, 4)}, m.targets()));
  CHECK_FALSE(t.update());
  t.accumulate(m.input(), m.targets()).value();
  m.sed[7] = std::nanf("");
  CHECK_FALSE(t.accumulate(m.input(), m.targets()));
  CHECK_FALSE(t.update());
  CHECK(t.optimiser.steps() == 1);
}

TEST_CASE("trainer: a class that the class masks hide has no gradient, whatever its targets are") {
  struct plain
      : bind<sequential<linear<5>, relu, heads<output<"sed", linear<3>>, output<"asc", linear<2>>>>, dims(dyn, 4)> {};
  weights<plain> w(1);
  material m(2, 10);
  for (std::size_t r = 0; r < 20; ++r) m.sed[3 * r + 1] = std::nanf("");
  const float second_hidden[6] = {1, 0, 1, 1, 0, 1};
  trainer<plain, objective, sgd, reference> t(w);
  t.step(m.input(), {{{m.sed.data(), nullptr, second_hidden}, {m.asc.data(), m.mask.data()}}}).value();
  // The trunk's parameters, then the weight (3, 5) and bias (3) of "sed".
  const auto head = t.gradients().subspan(4 * 5 + 5, 3 * 5 + 3);
  for (std::size_t c = 0; c < 3; ++c) {
    const auto weight = head.subspan(5 * c, 5);
    CHECK(std::ranges::all_of(weight, [](float g) { return g == 0; }) == (c == 1));
    CHECK((head[15 + c] == 0) == (c == 1));
  }
  CHECK_FALSE(t.step(m.input(), {{{m.sed.data()}, {m.asc.data(), m.mask.data()}}}));
}

TEST_CASE("trainer: what does not fit is refused") {
  weights<net> w(1);
  const material m(2, 10);
  trainer_of<adam> t(w);
  CHECK_FALSE(t.step({m.x.data(), 2, dims(8, 5)}, m.targets()));
  CHECK_FALSE(t.step({m.x.data(), 0, dims(10, 4)}, m.targets()));
  CHECK_FALSE(t.step({m.x.data(), 2, dims(0, 4)}, m.targets()));
  CHECK_FALSE(t.step({m.x.data(), -1, dims(10, 4)}, m.targets()));
  CHECK_FALSE(t.step({nullptr, 2, dims(10, 4)}, m.targets()));
  CHECK_FALSE(t.step(m.input(), {{{m.sed.data()}, {}}}));
  CHECK_FALSE(trainer_of<adam>(w, {.method = {.rate = -1}}).step(m.input(), m.targets()));
  CHECK_FALSE(trainer_of<adam>(w, {.largest_norm = -1}).step(m.input(), m.targets()));
  CHECK(t.step({m.x.data(), 1, dims(1, 4)}, m.targets()));
}

TEST_CASE("trainer: steps and evaluations within what is reserved allocate nothing") {
  weights<net> w(1);
  const material m(3, 10), smaller(2, 7);
  trainer_of<adamw> t(w, {.largest_norm = 1});
  t.reserve(3, dims(10, 4)).value();
  const long before = testing::allocation_count();
  bool fine = true;
  for (const material* each : {&m, &smaller}) {
    fine = fine && t.step(each->input(), each->targets());
    fine = fine && t.evaluate(each->input(), each->targets());
  }
  const long after = testing::allocation_count();
  CHECK(fine);
  CHECK(after == before);
  if (testing::counts_allocations()) CHECK(before > 0);
}

}  // namespace trainer_test
