#include <auris/backend/reference.hpp>
#include <auris/loss.hpp>
#include <auris/nn/linear.hpp>
#include <auris/nn/weights.hpp>
#include <vector>

#include "support/catch.hpp"

namespace weighted_sum_test {

using namespace auris;

namespace {
struct two_heads
    : bind<heads<output<"sed", linear<3>>, output<"spare", linear<2>>, output<"asc", linear<2>>>, dims(dyn, 1)> {};
using objective = weighted_sum<term<"sed", weighted_soft_label, 0.85>, term<"asc", cross_entropy, 0.10>>;
using in_training = context<reference, double, training>;

// Outputs of one item of two frames, evaluated.
struct evaluation {
  std::vector<double> sed{0.2, 0.4, 0.7, 1, 1, 1}, spare{0, 0, 0, 0}, asc{2, 0, 0, 0};
  std::vector<double> sed_labels{0, 0.5, 1, 0, 0, 1}, asc_labels{0, 1, 1, 0}, mask{1, 1},
      values = std::vector<double>(2);
  std::vector<double> arena = std::vector<double>(static_cast<std::size_t>(two_heads::output_size(1, dims(2, 1))), 99);
  std::array<const double*, 3> gradients{};

  template <class Objective>
  typename Objective::losses of(const Objective& o, bool with_gradients = true) {
    double* const outputs[] = {sed.data(), spare.data(), asc.data()};
    in_training c;
    c.outputs = outputs;
    o.template evaluate<two_heads>(c, 1, dims(2, 1), {{{sed_labels.data()}, {asc_labels.data(), mask.data()}}},
                                   values.data(), with_gradients ? arena.data() : nullptr, gradients);
    return o.losses_of(values.data());
  }
};
}  // namespace

TEST_CASE("weighted_sum: the single values and their weighted sum") {
  evaluation e;
  const auto l = e.of(objective{});
  // WSL: row 0: 0.5 * 0.1^2 + 1 * 0.3^2 = 0.095, row 1: 0; two rows. Cross entropy: rows log(1 + e^2) and log 2.
  CHECK(l.terms[0] == Approx(0.095 / 2));
  CHECK(l.terms[1] == Approx((std::log(1 + std::exp(2.0)) + std::log(2.0)) / 2));
  CHECK(l.total == Approx(0.85 * l.terms[0] + 0.10 * l.terms[1]));
}

TEST_CASE("weighted_sum: gradients carry the weight; outputs without a term have none") {
  evaluation e;
  e.of(objective{});
  REQUIRE(e.gradients[0]);
  CHECK(e.gradients[1] == nullptr);
  REQUIRE(e.gradients[2]);
  CHECK(e.gradients[0][0] == 0);  // the label is 0
  CHECK(e.gradients[0][1] == Approx(0.85 * 2 * 0.5 * (0.4 - 0.5) / 2));
  CHECK(e.gradients[0][2] == Approx(0.85 * 2 * 1 * (0.7 - 1) / 2));
  CHECK(e.gradients[2][2] == Approx(0.10 * (0.5 - 1) / 2));
  CHECK(e.gradients[2][3] == Approx(0.10 * (0.5 - 0) / 2));

  const auto l = e.of(objective{}, false);
  CHECK(e.gradients == std::array<const double*, 3>{});
  CHECK(l.terms[0] == Approx(0.095 / 2));
}

TEST_CASE("weighted_sum: two terms on one output add up") {
  evaluation e;
  const auto l = e.of(weighted_sum<term<"sed", mean_squared_error, 2.0>, term<"asc", cross_entropy, 0.0>>{});
  const double once = e.gradients[0][2];
  CHECK(l.terms[1] == 0);
  std::vector<double> labels = e.sed_labels;
  double* const outputs[] = {e.sed.data(), e.spare.data(), e.asc.data()};
  in_training c;
  c.outputs = outputs;
  using twice = weighted_sum<term<"sed", mean_squared_error>, term<"sed", mean_squared_error>>;
  twice{}.evaluate<two_heads>(c, 1, dims(2, 1), {{{labels.data()}, {labels.data()}}}, e.values.data(), e.arena.data(),
                              e.gradients);
  const auto both = twice{}.losses_of(e.values.data());
  CHECK(both.total == Approx(l.total));
  CHECK(e.gradients[0][2] == Approx(once));
}

TEST_CASE("weighted_sum: weights change at run time; weight 0 takes a term away") {
  evaluation e;
  objective o;
  CHECK(o.weights == std::array<double, 2>{0.85, 0.10});
  o.weights = {1, 0};
  e.asc[0] = std::nan("");
  const auto l = e.of(o);
  CHECK(l.total == Approx(0.095 / 2));
  CHECK(l.terms[1] == 0);
  CHECK(e.gradients[2] == nullptr);
}

TEST_CASE("weighted_sum: a batch without an active frame contributes 0") {
  evaluation e;
  e.mask = {0, 0};
  const auto l = e.of(objective{});
  CHECK(l.terms[1] == 0);
  CHECK(l.total == Approx(0.85 * 0.095 / 2));
  for (int i = 0; i < 4; ++i) CHECK(e.gradients[2][i] == 0);
}

TEST_CASE("weighted_sum: every item has class masks of its own") {
  // Two items of one frame.
  const std::vector<double> class_mask{1, 1, 0, 0, 0, 1}, sed_labels{0, 0.5, 1, 1, 1, 0.5}, asc_labels{0, 1, 1, 0};
  std::vector<double> sed{0.2, 0.4, 0.7, 2, 2, 1}, spare(4), asc{0, 0, 0, 0}, values(2);
  std::vector<double> arena(static_cast<std::size_t>(two_heads::output_size(2, dims(1, 1))), 99);
  double* const outputs[] = {sed.data(), spare.data(), asc.data()};
  in_training c;
  c.outputs = outputs;
  std::array<const double*, 3> gradients{};
  const objective o;
  o.evaluate<two_heads>(
      c, 2, dims(1, 1),
      {{{.values = sed_labels.data(), .class_mask = class_mask.data()}, {.values = asc_labels.data()}}}, values.data(),
      arena.data(), gradients);
  const auto l = o.losses_of(values.data());
  CHECK(l.terms[0] == Approx((0.5 * 0.01 + 0.5 * 0.25) / 2));
  CHECK(l.terms[1] == Approx(std::log(2.0)));
  REQUIRE(gradients[0]);
  CHECK(gradients[0][1] == Approx(0.85 * 2 * 0.5 * (0.4 - 0.5) / 2));
  for (const int hidden : {2, 3, 4}) CHECK(gradients[0][hidden] == 0);
  CHECK(gradients[0][5] == Approx(0.85 * 2 * 0.5 * (1 - 0.5) / 2));
}

TEST_CASE("weighted_sum: missing targets and bad weights are refused") {
  const double labels[6] = {};
  objective o;
  CHECK(o.check_targets<double>({{{labels}, {labels}}}));
  const auto missing = o.check_targets<double>({{{labels}, {}}});
  REQUIRE_FALSE(missing);
  CHECK(std::string(missing.error().text().c_str()) == "no targets: term 'asc': expected values, as its weight is 0.1");
  o.weights[1] = 0;
  CHECK(o.check_targets<double>({{{labels}, {}}}));
  o.weights[0] = std::nan("");
  CHECK_FALSE(o.check_targets<double>({{{labels}, {labels}}}));
}

TEST_CASE("weighted_sum: describes itself") {
  CHECK(std::string(objective{}.describe().c_str()) ==
        "0.85 sed: weighted soft label (paper, floor 0) + 0.1 asc: cross entropy");
}

TEST_CASE("weighted_sum: a loss that is chosen at run time is that loss") {
  using open = weighted_sum<
      term<"sed", one_of<weighted_soft_label, mean_squared_error, mean_squared_error_with<reduction::paper>>, 0.85>,
      term<"asc", cross_entropy, 0.10>>;
  const auto check = [](const open& chosen, auto fixed) {
    evaluation a, b;
    const auto l = a.of(chosen), m = b.of(fixed);
    CHECK(l.terms == m.terms);
    CHECK(l.total == m.total);
    CHECK(a.arena == b.arena);
    CHECK(std::string(chosen.describe().c_str()) == fixed.describe().c_str());
  };
  open o;
  check(o, objective{});
  o.choose<"sed", mean_squared_error>();
  CHECK(o.choices == std::array<std::size_t, 2>{1, 0});
  CHECK_FALSE(o == open{});
  check(o, weighted_sum<term<"sed", mean_squared_error, 0.85>, term<"asc", cross_entropy, 0.10>>{});
  o.choose<"sed", mean_squared_error_with<reduction::paper>>();
  check(o,
        weighted_sum<term<"sed", mean_squared_error_with<reduction::paper>, 0.85>, term<"asc", cross_entropy, 0.10>>{});
  o.choose<"sed", weighted_soft_label>();
  CHECK(o == open{});
}

}  // namespace weighted_sum_test
