// Training steps that are replayed: with the bits of those that are queued one by one.
#include <auris/loss.hpp>
#include <auris/nn.hpp>
#include <auris/optim.hpp>
#include <auris/train.hpp>

#include "cuda/support.hpp"

namespace recorded_training_test {

using namespace auris;
using cuda_test::contains;

namespace {

int forward_calls = 0;

/// Gives on what it gets, and counts how often it is called.
struct counted {
  static constexpr bool accepts(shape) { return true; }
  static constexpr shape infer(shape s) { return s; }
  struct bind {
    template <class C>
    static void forward(C c, in<C> x, out<C> y) {
      ++forward_calls;
      kernel_in<op::copy, C>::forward(c.work(), {1, x.size(), x.size(), x.size()}, x.p, y.p);
    }
    template <class C>
    static void backward(C c, in<C>, in<C>, in<C> dy, out<C> dx) {
      if (dx.p) kernel_in<op::copy, C>::forward(c.work(), {1, dy.size(), dy.size(), dy.size()}, dy.p, dx.p);
    }
  };
};

// Two ranges of parameters, two streams of random numbers, running statistics, a recurrence.
struct net : bind<sequential<dropout<0.1>, linear<8>, batch_norm, relu, frozen<linear<6>>, counted, dropout<0.3>,
                             heads<output<"sed", gru<4>, linear<3>, sigmoid>, output<"asc", mean_time, linear<2>>>>,
                  dims(dyn, 5)> {};
using objective = weighted_sum<term<"sed", mean_squared_error, 0.7>, term<"asc", cross_entropy, 0.3>>;
template <class Method>
using trainer_of = trainer<net, objective, Method, cuda>;

struct material {
  material(idx n, idx time, std::uint64_t seed) : items(n), frames(time) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(n * time * 5); ++i)
      x.push_back(static_cast<float>(2 * uniform(seed, i) - 1));
    for (std::size_t i = 0; i < static_cast<std::size_t>(n * time * 3); ++i)
      sed.push_back(static_cast<float>(uniform(seed + 1, i)));
    for (std::size_t i = 0; i < static_cast<std::size_t>(n * time); ++i) mask.push_back(i % 3 ? 1.0f : 0.25f);
    for (std::size_t i = 0; i < static_cast<std::size_t>(n) * 3; ++i) class_mask.push_back(i % 4 ? 1.0f : 0.0f);
    for (idx i = 0; i < n; ++i) asc.insert(asc.end(), {i % 2 ? 1.0f : 0.0f, i % 2 ? 0.0f : 1.0f});
  }
  operator view<const float>() const { return {x.data(), items, dims(frames, 5)}; }
  objective::targets<float> targets() const { return {{{sed.data()}, {asc.data()}}}; }
  objective::targets<float> masked() const { return {{{sed.data(), mask.data()}, {asc.data()}}}; }
  objective::targets<float> class_masked() const {
    return {{{sed.data(), mask.data(), class_mask.data()}, {asc.data(), nullptr, class_mask.data()}}};
  }

  idx items, frames;
  std::vector<float> x, sed, mask, class_mask, asc;
};

/// The same training twice, with steps that are queued and steps that are replayed.
template <class Method>
struct twins {
  explicit twins(train_options<objective, Method> o = {.largest_norm = 0.05, .seed = 3})
      : plain(plain_weights, o), recorded(recorded_weights, o, queue) {}

  template <class Change>
  void both(const Change& change) {
    change(plain);
    change(recorded);
  }
  /// A step of both; how often the second one's network was called.
  int step(view<const float> x, const objective::targets<float>& t) {
    const auto expected = plain.step(x, t).value();
    forward_calls = 0;
    const auto got = recorded.step(x, t).value();
    CHECK(got.total == expected.total);
    CHECK(got.terms == expected.terms);
    return forward_calls;
  }
  void check_same() {
    both([](auto& t) { t.download(); });
    CHECK(recorded.optimiser.steps() == plain.optimiser.steps());
    CHECK(std::ranges::equal(recorded.params(), plain.params()));
    CHECK(std::ranges::equal(recorded.buffers(), plain.buffers()));
    for (std::size_t s = 0; s < Method::slots; ++s)
      CHECK(std::ranges::equal(recorded.optimiser.state(s), plain.optimiser.state(s)));
  }

  cuda_queue queue = cuda_queue::make().value();
  weights<net> plain_weights{1}, recorded_weights{1};
  trainer_of<Method> plain, recorded;
};

}  // namespace

static_assert(records_steps<cuda, adam, float> && records_steps<cuda, sgd, double>);

TEMPLATE_TEST_CASE("replayed training steps give the bits of queued ones", "[recorded]", adam, adamw, sgd) {
  const cuda_executor::separate_memory separate;
  twins<TestType> p;
  p.plain.reserve(2, dims(6, 5)).value();
  p.recorded.record(2, dims(6, 5)).value();
  p.check_same();  // recording changes nothing
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const material b(2, 6, seed);
    CHECK(p.step(b, b.targets()) == 0);
  }
  p.check_same();
}

TEST_CASE("replayed steps of sgd keep their momentum, which may come and go", "[recorded]") {
  twins<sgd> p({.method = {.rate = 0.1, .momentum = 0.9, .weight_decay = 0.01, .nesterov = true}, .seed = 3});
  p.recorded.record(2, dims(6, 5)).value();
  const material b(2, 6, 1);
  for (int step = 0; step < 2; ++step) CHECK(p.step(b, b.targets()) == 0);
  p.both([](auto& t) { t.optimiser.method = {.rate = 0.05, .momentum = 0}; });
  CHECK(p.step(b, b.targets()) == 0);
  p.both([](auto& t) { t.optimiser.method.momentum = 0.5; });
  CHECK(p.step(b, b.targets()) == 0);
  p.check_same();
}

TEST_CASE("a replay takes options, seed, masks and step of its own", "[recorded]") {
  twins<adam> p;
  p.recorded.record(2, dims(6, 5)).value();
  const material b(2, 6, 1);
  CHECK(p.step(b, b.targets()) == 0);
  p.both([](auto& t) { t.optimiser.method.rate = 0.1; });
  CHECK(p.step(b, b.masked()) == 0);
  p.both([](auto& t) { t.optimiser.method.weight_decay = 0.1, t.optimiser.method.beta1 = 0.5; });
  CHECK(p.step(b, b.targets()) == 0);
  CHECK(p.step(b, b.class_masked()) == 0);
  p.both([](auto& t) { t.seed = 4; });
  CHECK(p.step(b, b.masked()) == 0);
  p.both([](auto& t) { t.optimiser.set_steps(1000); });
  CHECK(p.step(b, b.targets()) == 0);
  p.check_same();
}

TEST_CASE("what was not recorded runs as before", "[recorded]") {
  twins<adam> p;
  p.recorded.record(2, dims(6, 5)).value();
  const material b(2, 6, 1), shorter(2, 4, 2), one(1, 6, 3);
  CHECK(p.step(b, b.targets()) == 0);
  CHECK(p.step(shorter, shorter.targets()) == 1);
  CHECK(p.step(one, one.masked()) == 1);
  CHECK(p.recorded.evaluate(b, b.targets()).value().total == p.plain.evaluate(b, b.targets()).value().total);
  CHECK(p.step(b, b.targets()) == 0);
  p.both([](auto& t) { t.largest_norm = 0; });
  CHECK(p.step(b, b.targets()) == 1);
  p.both([](auto& t) { t.largest_norm = 0.05, t.objective.weights = {1, 0}; });
  CHECK(p.step(b, {{{b.sed.data()}, {}}}) == 1);
  p.recorded.record(2, dims(6, 5)).value();
  CHECK(p.step(b, {{{b.sed.data()}, {}}}) == 0);
  p.both([](auto& t) { t.objective.weights = {0.7, 0.3}; });
  CHECK(p.step(b, b.targets()) == 1);
  p.check_same();
}

TEST_CASE("a recorded step is forgotten when memory grows", "[recorded]") {
  twins<adam> p;
  p.recorded.record(2, dims(6, 5)).value();
  const material b(2, 6, 1), larger(3, 6, 2);
  CHECK(p.step(larger, larger.targets()) == 1);
  CHECK(p.step(b, b.targets()) == 1);
  p.recorded.record(2, dims(6, 5)).value();
  CHECK(p.step(b, b.targets()) == 0);
  CHECK(p.step(larger, larger.targets()) == 1);
  CHECK(p.step(b, b.targets()) == 0);
  p.check_same();
}

TEST_CASE("a replay whose loss is not finite changes no parameters", "[recorded]") {
  twins<adam> p;
  p.recorded.record(2, dims(6, 5)).value();
  const material b(2, 6, 1);
  CHECK(p.step(b, b.targets()) == 0);
  p.recorded.download();
  const std::vector<float> before(p.recorded.params().begin(), p.recorded.params().end());
  material bad(2, 6, 2);
  bad.sed[5] = std::nanf("");
  p.both([&](auto& t) {
    const auto l = t.step(bad, bad.targets());
    REQUIRE_FALSE(l);
    CHECK(contains(l.error().text().c_str(), "the loss is not finite: training step 2: expected a finite number"));
    CHECK(t.optimiser.steps() == 1);
  });
  p.recorded.download();
  CHECK(std::ranges::equal(p.recorded.params(), before));
  CHECK(p.step(b, b.targets()) == 0);
  p.check_same();
}

TEST_CASE("what cannot be recorded is refused, and training goes on", "[recorded]") {
  weights<net> w(1);
  trainer_of<adam> t(w);
  CHECK(t.record(2, dims(6, 5)).error().text() ==
        "the default stream cannot be captured: cuda_graph: expected the stream of a cuda_queue");
  CHECK(contains(t.record(2, dims(6, 4)).error().text().c_str(), "wrong shape of the input"));
  const material b(2, 6, 1);
  forward_calls = 0;
  CHECK(t.step(b, b.targets()));
  CHECK(forward_calls == 1);
  CHECK_FALSE(t.step(b, {{{b.sed.data()}, {}}}));
}

TEST_CASE("fit with recorded steps gives the bits of fit without", "[recorded]") {
  memory_source<float, 2> data{.items = 7, .shape_of_item = dims(6, 5)};
  const material b(7, 6, 1);
  data.inputs = b.x;
  data.terms[0].values = b.sed, data.terms[1].values = b.asc;
  const auto trained = [&](bool record) {
    const cuda_queue queue = cuda_queue::make().value();
    weights<net> w(1);
    trainer_of<adam> t(w, {.method = {.rate = 0.02}, .seed = 3}, queue);
    fit_options o;
    o.batch = 3;
    o.schedule = {.rate_patience = 0, .divisor = 3, .epochs = 3};  // another rate after every epoch
    o.progress = false;
    o.record = record;
    forward_calls = 0;
    const fit_report r = fit(t, data, data, o).value();
    std::vector<float> all(w.params(), w.params() + net::parameters);
    all.push_back(static_cast<float>(r.best_loss));
    return all;
  };
  const auto expected = trained(false);
  const int queued = forward_calls;
  CHECK(trained(true) == expected);
  CHECK(forward_calls == queued - 3 * 2 + 2);  // epochs replay both batches of three items; to record takes two calls
}

TEST_CASE("kernels of recorded steps read what stands in memory", "[recorded]") {
  const auto memory_with = []<class V>(const V& value) {
    auto a = arena<V, cuda_memory>::make(1).value();
    cuda_memory::upload(nullptr, 1, &value, a.data());
    return a;
  };
  const auto x = cuda_test::counted(37);
  const auto dropped = [&](const cuda_random_key& key) {
    std::vector<float> y(37);
    kernel<op::dropout, cuda, float>::forward({}, {1, 37, 0.5}, key, x.data(), y.data());
    return y;
  };
  const random_key key{.seed = 3, .step = 4, .stream = 5};
  const auto step = memory_with(key.of_step());
  cuda_random_key recorded(step.data());
  recorded.stream = 5;
  CHECK(dropped(recorded) == dropped(key));
  recorded.stream = 6;
  CHECK(dropped(recorded) != dropped(key));

  using k = kernel<op::adam, cuda, float>;
  const auto stepped = [&](const op::adam::size& s, const k::constants* in_memory) {
    std::vector<float> m(37, 0.5f), v(37, 0.5f), w(37, 1.0f);
    k::step({}, s, x.data(), m.data(), v.data(), w.data(), in_memory);
    return w;
  };
  const op::adam::size given{.count = 37, .step = 1}, meant{.count = 37, .step = 5, .rate = 0.5};
  const auto constants = memory_with(k::constants_of(meant));
  CHECK(stepped(given, constants.data()) == stepped(meant, nullptr));
  CHECK(stepped(given, nullptr) != stepped(meant, nullptr));
  CHECK(cuda_test::failure() == "");
}

}  // namespace recorded_training_test
