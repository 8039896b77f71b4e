#include "op/table/loss.hpp"

#include <cmath>
#include <limits>

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"
#include "op/table/activation.hpp"
#include "op/table/layer_norm.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("mean_squared_error keeps its contract", "[mean_squared_error]", table::backends) {
  table::check<table::mean_squared_error, TestType>();
}
TEMPLATE_LIST_TEST_CASE("weighted_soft_label keeps its contract", "[weighted_soft_label]", table::backends) {
  table::check<table::weighted_soft_label, TestType>();
}
TEMPLATE_LIST_TEST_CASE("cross_entropy keeps its contract", "[cross_entropy]", table::backends) {
  table::check<table::cross_entropy, TestType>();
}
TEMPLATE_LIST_TEST_CASE("binary_cross_entropy keeps its contract", "[binary_cross_entropy]", table::backends) {
  table::check<table::binary_cross_entropy, TestType>();
}
TEMPLATE_LIST_TEST_CASE("nt_xent keeps its contract", "[nt_xent]", table::backends) {
  table::check<table::nt_xent, TestType>();
}

namespace {
table::floats one_hot(const std::vector<std::size_t>& wanted, std::size_t classes) {
  table::floats y(wanted.size() * classes);
  for (std::size_t r = 0; r < wanted.size(); ++r) y[r * classes + wanted[r]] = 1;
  return y;
}
table::floats flags(table::floats x) {
  for (float& v : x) v = v > 0 ? 1.0f : 0.0f;
  return x;
}
table::floats magnitudes(table::floats x) {
  for (float& v : x) v = std::abs(v);
  return x;
}
template <class Row, class Backend>
table::arrays<float> evaluate(const typename Row::test& t, const table::floats& prediction, const table::floats& target,
                              const table::floats& mask = {}, const table::floats& class_mask = {}) {
  table::arrays<float> given{{"prediction", prediction},
                             {"target", target},
                             {"value", {0}},
                             {"dprediction", table::floats(prediction.size())}};
  if (!mask.empty()) given["mask"] = mask;
  if (!class_mask.empty()) given["class_mask"] = class_mask;
  return table::run(Row::template calls<Backend, float>(t)[0], given);
}
void matches(const std::string& record, const table::arrays<float>& got) {
  table::check_golden("gradients.json", record + ".y", got.at("value"));
  table::check_golden("gradients.json", record + ".grad0", got.at("dprediction"));
}
}  // namespace

TEMPLATE_LIST_TEST_CASE("Losses: PyTorch's values and gradients", "[loss]", table::backends) {
  const auto zero_or_one = flags(table::golden_input(9107, 12)), soft = magnitudes(table::golden_input(9109, 12));
  const auto p = table::golden_input(9108, 12), logits = table::golden_input(9108, 12, 2);
  table::check_golden("gradients.json", "targets01", zero_or_one);
  table::check_golden("gradients.json", "soft_targets", soft);
  matches("mse_mean", evaluate<table::mean_squared_error, TestType>({{3, 4}}, p, zero_or_one));
  matches("mse_paper", evaluate<table::mean_squared_error, TestType>({{3, 4, true}}, p, soft));
  matches("wsl_paper", evaluate<table::weighted_soft_label, TestType>({{3, 4}}, p, soft));
  matches("cross_entropy_mean", evaluate<table::cross_entropy, TestType>({{3, 4}}, logits, one_hot({1, 3, 0}, 4)));
  matches("bce_logits_mean", evaluate<table::binary_cross_entropy, TestType>({{3, 4}}, logits, zero_or_one));

  const auto sigmoid = table::sigmoid::calls<TestType, float>({12});
  const auto q = table::run(sigmoid[0], {{"x", logits}}).at("y");
  auto through = evaluate<table::binary_cross_entropy, TestType>({{3, 4, false}}, q, zero_or_one);
  through["dprediction"] =
      table::run(sigmoid[1], {{"x", logits}, {"y", q}, {"dy", through.at("dprediction")}}).at("dx");
  matches("bce_probs_mean", through);
}

TEMPLATE_LIST_TEST_CASE("Losses by hand", "[loss]", table::backends) {
  const table::floats p{0.2f, 0.4f, 0.7f}, y{0, 0.5f, 1};
  // 0.04 + 0.01 + 0.09; 0.5 * 0.01 + 0.09
  table::check_close(evaluate<table::mean_squared_error, TestType>({{1, 3, true}}, p, y).at("value"), {0.14});
  const auto weighted = evaluate<table::weighted_soft_label, TestType>({{1, 3}}, p, y);
  table::check_close(weighted.at("value"), {0.095});
  table::check_close(weighted.at("dprediction"), {0, -0.1, -0.6});
  table::check_close(evaluate<table::weighted_soft_label, TestType>({{1, 3, true, 1}}, p, y).at("value"), {0.235});
  table::check_close(evaluate<table::cross_entropy, TestType>({{1, 2}}, {0, 0}, {0.5f, 0.5f}).at("value"),
                     {std::log(2)});
  table::check_close(evaluate<table::cross_entropy, TestType>({{1, 2}}, {1000, -1000}, {0, 1}).at("value"), {2000});
  const float infinity = std::numeric_limits<float>::infinity();
  const auto ruled_out = evaluate<table::cross_entropy, TestType>({{1, 3}}, {0, -infinity, 0}, {1, 0, 0});
  table::check_close(ruled_out.at("value"), {std::log(2)});
  table::check_close(ruled_out.at("dprediction"), {-0.5, 0, 0.5});

  const auto cut = evaluate<table::binary_cross_entropy, TestType>({{1, 2, false, true}}, {0, 1}, {1, 1});
  table::check_close(cut.at("value"), {100});  // log 0 counts as -100
  table::check_close(cut.at("dprediction"), {-1e12, 0});
  const auto large = evaluate<table::binary_cross_entropy, TestType>({{1, 2, true, true}}, {-1000, 1000}, {1, 1});
  table::check_close(large.at("value"), {1000});
  table::check_close(large.at("dprediction"), {-1, 0});
}

TEMPLATE_LIST_TEST_CASE("Losses: rows with mask 0 count nothing, whatever they hold", "[loss]", table::backends) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const table::floats p{0.25f, 0.75f, nan, nan}, y{1, 0, nan, 1};
  const auto masked = [&](const auto& with_mask, const auto& alone, double share) {
    CHECK(with_mask.at("value")[0] == Approx(static_cast<double>(alone.at("value")[0]) * share));
    const auto& g = with_mask.at("dprediction");
    CHECK(g[0] == Approx(static_cast<double>(alone.at("dprediction")[0]) * share));
    CHECK(g[2] == 0);
    CHECK(g[3] == 0);
  };
  const table::floats first_p{p[0], p[1]}, first_y{y[0], y[1]}, first{1, 0};
  // The divisor stays that of two rows; only cross entropy divides by the sum of the mask.
  masked(evaluate<table::mean_squared_error, TestType>({{2, 2}}, p, y, first),
         evaluate<table::mean_squared_error, TestType>({{1, 2}}, first_p, first_y), 0.5);
  masked(evaluate<table::weighted_soft_label, TestType>({{2, 2}}, p, y, first),
         evaluate<table::weighted_soft_label, TestType>({{1, 2}}, first_p, first_y), 0.5);
  masked(evaluate<table::binary_cross_entropy, TestType>({{2, 2}}, p, y, first),
         evaluate<table::binary_cross_entropy, TestType>({{1, 2}}, first_p, first_y), 0.5);
  masked(evaluate<table::cross_entropy, TestType>({{2, 2}}, p, y, first),
         evaluate<table::cross_entropy, TestType>({{1, 2}}, first_p, first_y), 1);
  masked(evaluate<table::cross_entropy, TestType>({{2, 2}}, p, y, {0, 0}),
         evaluate<table::cross_entropy, TestType>({{1, 2}}, first_p, first_y), 0);
}

TEMPLATE_LIST_TEST_CASE("Losses: terms whose class has weight 0 count nothing, whatever they hold", "[loss]",
                        table::backends) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  // Two items of one row: one counts in each class.
  const table::floats p{0.25f, nan, nan, 0.75f}, y{1, nan, nan, 0.5f}, class_mask{1, 0, 0, 1};
  const table::floats seen_p{p[0], p[3]}, seen_y{y[0], y[3]};
  const auto masked = [&](const auto& with_mask, const auto& seen, double share) {
    CHECK(with_mask.at("value")[0] == Approx(static_cast<double>(seen.at("value")[0]) * share));
    const auto &g = with_mask.at("dprediction"), &h = seen.at("dprediction");
    CHECK(g[0] == Approx(static_cast<double>(h[0]) * share));
    CHECK(g[1] == 0);
    CHECK(g[2] == 0);
    CHECK(g[3] == Approx(static_cast<double>(h[1]) * share));
  };
  // The divisor stays that of two rows of two classes.
  masked(evaluate<table::mean_squared_error, TestType>({{2, 2, false, 2}}, p, y, {}, class_mask),
         evaluate<table::mean_squared_error, TestType>({{2, 1}}, seen_p, seen_y), 0.5);
  masked(evaluate<table::weighted_soft_label, TestType>({{2, 2, true, 0, 2}}, p, y, {}, class_mask),
         evaluate<table::weighted_soft_label, TestType>({{2, 1}}, seen_p, seen_y), 1);
  for (const bool logits : {true, false})
    masked(evaluate<table::binary_cross_entropy, TestType>({{2, 2, logits, false, 2}}, p, y, {}, class_mask),
           evaluate<table::binary_cross_entropy, TestType>({{2, 1, logits}}, seen_p, seen_y), 0.5);
}

TEMPLATE_LIST_TEST_CASE("Losses: class weights are those of the row's item", "[loss]", table::backends) {
  const table::floats p(8, 0), y(8, 1), class_mask{1, 0, 0, 3}, mask{1, 0, 0.5f, 1};
  const auto got = evaluate<table::mean_squared_error, TestType>({{4, 2, true, 2}}, p, y, {}, class_mask);
  table::check_close(got.at("value"), {2});  // (2 * 1 + 2 * 3) / 4
  table::check_close(got.at("dprediction"), {-0.5, 0, -0.5, 0, 0, -1.5, 0, -1.5});
  const auto both = evaluate<table::mean_squared_error, TestType>({{4, 2, true, 2}}, p, y, mask, class_mask);
  table::check_close(both.at("value"), {1.375});  // (1 + 0.5 * 3 + 3) / 4
  table::check_close(both.at("dprediction"), {-0.5, 0, 0, 0, 0, -0.75, 0, -1.5});
}

TEMPLATE_LIST_TEST_CASE("cross_entropy: class weights are PyTorch's, the softmax runs over all classes", "[loss]",
                        table::backends) {
  const auto weighted = evaluate<table::cross_entropy, TestType>({{1, 2}}, {static_cast<float>(std::log(3)), 0},
                                                                 {0.25f, 0.75f}, {}, {2, 1});
  table::check_close(weighted.at("value"), {-0.5 * std::log(0.75) - 0.75 * std::log(0.25)});
  table::check_close(weighted.at("dprediction"), {1.25 * 0.75 - 0.5, 1.25 * 0.25 - 0.75});

  // A target of weight 0 may be anything; a row whose classes all weigh nothing may be so, too.
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const auto hidden =
      evaluate<table::cross_entropy, TestType>({{2, 2, 2}}, {0, 0, nan, nan}, {0.5f, nan, nan, 1}, {}, {1, 0, 0, 0});
  table::check_close(hidden.at("value"), {0.25 * std::log(2)});
  table::check_close(hidden.at("dprediction"), {-0.125, 0.125, 0, 0});
}

TEMPLATE_LIST_TEST_CASE("nt_xent: PyTorch's value and gradients; the worked example", "[nt_xent]", table::backends) {
  // The record starts from embeddings before they are scaled to length one.
  const auto scaled = table::l2_normalize::calls<TestType, float>({3, 4});
  const auto raw_audio = table::golden_input(9110, 12), raw_text = table::golden_input(9111, 12);
  const auto got = table::run(table::nt_xent::calls<TestType, float>({{3, 4}, 2})[0],  // items 0 and 2 share
                              {{"audio", table::run(scaled[0], {{"x", raw_audio}}).at("y")},
                               {"text", table::run(scaled[0], {{"x", raw_text}}).at("y")},
                               {"tau", {0.05f}}});
  const auto matches_record = [](const std::string& part, const table::floats& values) {
    table::check_golden("gradients.json", "ntxent_positives_0_2_same_audio." + part, values);
  };
  matches_record("y", got.at("value"));
  matches_record("grad0", table::run(scaled[1], {{"x", raw_audio}, {"dy", got.at("daudio")}}).at("dx"));
  matches_record("grad1", table::run(scaled[1], {{"x", raw_text}, {"dy", got.at("dtext")}}).at("dx"));
  matches_record("grad2", got.at("dtau"));

  // audio (1 0), (0 1), (1 1) and text (1 .2), (.1 1), (.8 1), scaled to length one, tau 1/2
  const auto unit = table::l2_normalize::calls<TestType, float>({3, 2});
  const auto audio = table::run(unit[0], {{"x", {1, 0, 0, 1, 1, 1}}}).at("y");
  const auto text = table::run(unit[0], {{"x", {1, 0.2f, 0.1f, 1, 0.8f, 1}}}).at("y");
  const auto value = [&](int groups, float tau) {
    return table::run(table::nt_xent::calls<TestType, float>({{3, 2}, groups})[0],
                      {{"audio", audio}, {"text", text}, {"tau", {tau}}})
        .at("value");
  };
  table::check_close(value(3, 0.5f), {0.667593});
  table::check_close(value(2, 0.5f), {0.887168});
  table::check_close(value(2, -0.5f), {0.887168});
}
