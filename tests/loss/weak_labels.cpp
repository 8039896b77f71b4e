// The objective of 2APAE: clamped binary cross entropy of scores, and a share of the mean squared error of a reconstruction.
#include <auris/backend/cpu.hpp>
#include <auris/nn.hpp>
#include <auris/optim.hpp>
#include <auris/train/trainer.hpp>
#include <networks/apae_objective.hpp>
#include <vector>

#include "support/catch.hpp"

using namespace auris;
using networks::apae_objective;

namespace {
// (time, 2) -> "x_rec" (time, 2), "y_pred" (2)
struct tiny_spec : sequential<tap<output<"x_rec", named<"dec", linear<2>>>>, named<"enc", linear<2>>,
                              heads<output<"y_pred", sigmoid, global_average>>> {};
struct tiny : bind<tiny_spec, dims(dyn, 2)> {};
using in_training = context<reference, double, training>;

struct evaluation {
  std::vector<double> x_rec{1, 2, 3, 4}, y_pred{0.25, 0.5}, labels{1, 0}, x{1, 0, 3, 0},
      values = std::vector<double>(2);
  std::vector<double> arena = std::vector<double>(static_cast<std::size_t>(tiny::output_size(1, dims(2, 2))), 99);
  std::array<const double*, 2> gradients{};

  template <class Objective>
  typename Objective::losses of(const Objective& o) {
    double* const outputs[] = {x_rec.data(), y_pred.data()};
    in_training c;
    c.outputs = outputs;
    o.template evaluate<tiny>(c, 1, dims(2, 2), {{{labels.data()}, {x.data()}}}, values.data(), arena.data(),
                              gradients);
    return o.losses_of(values.data());
  }
};
}  // namespace

TEST_CASE("apae_objective: both means and their weighted sum", "[weak_labels]") {
  const double cross_entropy = (std::log(4.0) + std::log(2.0)) / 2, squares = (4 + 16) / 4.0;
  evaluation e;
  const auto usual = e.of(apae_objective<>{});
  CHECK(usual.terms[0] == Approx(cross_entropy));
  CHECK(usual.terms[1] == Approx(squares));
  CHECK(usual.total == Approx(cross_entropy + 0.001 * squares));
  CHECK(e.gradients[0][1] == Approx(0.001 * 2 * 2 / 4));
  CHECK(e.gradients[1][0] == Approx(-1 / 0.25 / 2));
  CHECK(e.of(apae_objective<0.01>{}).total == Approx(cross_entropy + 0.01 * squares));
}

TEST_CASE("apae_objective: alpha 0 takes the decoder away", "[weak_labels]") {
  evaluation e;
  e.x_rec[0] = std::nan("");
  const auto l = e.of(apae_objective<0.0>{});
  CHECK(l.total == Approx((std::log(4.0) + std::log(2.0)) / 2));
  CHECK(e.gradients[0] == nullptr);
}

TEST_CASE("apae_objective: scores of exactly 0 and 1 cost 100 at most", "[weak_labels]") {
  evaluation e;
  e.y_pred = {0, 1};
  CHECK(e.of(apae_objective<0.0>{}).total == Approx(100));
  CHECK(e.gradients[1][0] - e.gradients[1][0] == 0);  // finite
  e.labels = {0, 1};
  CHECK(e.of(apae_objective<0.0>{}).total == 0);
}

TEMPLATE_TEST_CASE("apae_objective: a network learns weak labels with each alpha", "[weak_labels]", apae_objective<0.0>,
                   apae_objective<0.001>, apae_objective<0.01>) {
  weights<tiny> w(1);
  trainer<tiny, TestType, adam, cpu> t(w, {.method = {.rate = 0.05}, .seed = 1});
  const std::vector<float> x{1, 0, 1, 0, 0, 1, 0, 1}, labels{1, 0, 0, 1};
  const typename decltype(t)::targets targets{{{labels.data(), nullptr}, {x.data(), nullptr}}};
  const auto step = [&] { return t.step({x.data(), 2, dims(2, 2)}, targets).value(); };
  const double first = step().total;
  for (int i = 0; i < 60; ++i) step();
  CHECK(step().total < first / 4);
}
