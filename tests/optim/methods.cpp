#include <auris/backend/reference.hpp>
#include <auris/nn/linear.hpp>
#include <auris/nn/weights.hpp>
#include <auris/optim.hpp>

#include "support/catch.hpp"

using namespace auris;

namespace {
struct net : bind<linear<1>, dims(1)> {};  // two parameters: weight and bias

template <class Method>
struct walk {
  optimiser<net, Method, reference, double> o;
  std::array<double, 2> w{1, -2};
  explicit walk(Method m) : o(m) { o.reserve().value(); }
  void step(double g0, double g1) {
    const std::array<double, 2> g{g0, g1};
    o.step({}, g.data(), w.data());
  }
};
}  // namespace

TEST_CASE("adam: the first step has the length of the rate, whatever the gradient") {
  walk w(adam{.rate = 0.1});
  w.step(1000, -0.001);
  CHECK(w.w[0] == Approx(1 - 0.1));
  CHECK(w.w[1] == Approx(-2 + 0.1).epsilon(1e-5));
}

TEST_CASE("adam: two steps by hand") {
  walk w(adam{.rate = 0.1});
  w.step(1, 0);
  w.step(3, 0);
  // m = 0.9 * 0.1 + 0.1 * 3 = 0.39, / (1 - 0.81); v = 0.999 * 0.001 + 0.001 * 9 = 0.009999, / (1 - 0.998001)
  CHECK(w.w[0] == Approx(1 - 0.1 - 0.1 * (0.39 / 0.19) / std::sqrt(0.009999 / 0.001999)));
  CHECK(w.w[1] == -2);
  CHECK(w.o.steps() == 2);
}

TEST_CASE("adam: weight decay enters the gradient; adamw shrinks the weights instead") {
  walk coupled(adam{.rate = 0.1, .weight_decay = 0.5});
  coupled.step(0, 0);
  CHECK(coupled.w[0] == Approx(1 - 0.1));  // the decay alone makes a full step
  CHECK(coupled.w[1] == Approx(-2 + 0.1));
  walk decoupled(adamw{.rate = 0.1, .weight_decay = 0.5});
  decoupled.step(0, 0);
  CHECK(decoupled.w[0] == Approx(1 * (1 - 0.1 * 0.5)));
  CHECK(decoupled.w[1] == Approx(-2 * (1 - 0.1 * 0.5)));
}

TEST_CASE("sgd: plain, with momentum, of Nesterov, with weight decay") {
  walk plain(sgd{.rate = 0.1});
  plain.step(1, 2), plain.step(1, 2);
  CHECK(plain.w[0] == Approx(1 - 0.2));
  CHECK(plain.w[1] == Approx(-2 - 0.4));
  walk heavy(sgd{.rate = 0.1, .momentum = 0.9});
  heavy.step(1, 2), heavy.step(1, 2);
  CHECK(heavy.w[0] == Approx(1 - 0.1 - 0.19));
  walk ahead(sgd{.rate = 0.1, .momentum = 0.9, .nesterov = true});
  ahead.step(1, 0), ahead.step(1, 0);
  CHECK(ahead.w[0] == Approx(1 - 0.1 * 1.9 - 0.1 * (1 + 0.9 * 1.9)));
  walk decayed(sgd{.rate = 0.1, .weight_decay = 0.5});
  decayed.step(0, 0);
  CHECK(decayed.w[1] == Approx(-2 * (1 - 0.1 * 0.5)));
}

TEST_CASE("methods: options out of range are refused when memory is asked for") {
  const auto refused = [](auto method) { return !optimiser<net, decltype(method), reference>(method).reserve(); };
  CHECK_FALSE(refused(adam{.rate = 0}));
  CHECK(refused(adam{.rate = -1}));
  CHECK(refused(adam{.rate = std::nan("")}));
  CHECK(refused(adam{.beta1 = 1}));
  CHECK(refused(adam{.beta2 = -0.1}));
  CHECK(refused(adamw{.epsilon = 0}));
  CHECK(refused(adamw{.weight_decay = -1}));
  CHECK(refused(sgd{.rate = HUGE_VAL}));
  CHECK(refused(sgd{.momentum = -0.5}));
  CHECK(refused(sgd{.nesterov = true}));
  const auto why = adam{.beta1 = 2}.check();
  CHECK(std::string(why.error().text().c_str()) == "bad option: adam, beta1: expected a number in [0, 1), got 2");
}

TEST_CASE("methods: describe themselves") {
  CHECK(std::string(sgd{.rate = 0.5, .momentum = 0.9}.describe().c_str()) ==
        "sgd (rate 0.5, momentum 0.9, weight decay 0)");
  CHECK(std::string(adamw{}.describe().c_str()) ==
        "adamw (rate 0.001, beta1 0.9, beta2 0.999, epsilon 1e-08, weight decay 0.01)");
}
