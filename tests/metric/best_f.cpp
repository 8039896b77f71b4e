#include <auris/core/random.hpp>
#include <auris/metric/best_f.hpp>
#include <chrono>

#include "support/catch.hpp"

namespace best_f_test {

using namespace auris;

using events = std::vector<event>;
using floats = std::vector<float>;

// Two files of 3 s in frames of 0.5 s, columns A and B.
static const floats scores_a{.9f, .1f, .7f, .2f, .2f, .6f, .4f, .8f, .1f, .3f, .3f, .1f};
static const floats scores_b{.2f, .5f, .1f, .6f, .5f, .2f, .8f, .1f, .6f, .4f, .3f, .7f};
static const events reference_a{{0, 1, "A"}, {1, 3, "B"}}, reference_b{{1.5, 3, "A"}, {0, 0.5, "B"}};

static void check_example(const best_f_result& r) {
  REQUIRE(r.classes.size() == 2);
  CHECK(r.classes[0].label == "A");
  CHECK(r.classes[0].f1 == 1);
  CHECK(r.classes[0].threshold == Approx(0.5).margin(1e-7));
  CHECK(r.classes[1].f1 == Approx(0.857143).margin(5e-7));
  CHECK(r.classes[1].threshold == Approx(0.25).margin(1e-7));
  CHECK(r.classes[1].precision == 0.75);
  CHECK(r.classes[1].recall == 1);
  CHECK(r.macro_f1 == Approx(0.928571).margin(5e-7));
  CHECK(r.micro.f1 == Approx(0.923077).margin(5e-7));
  CHECK(r.absent.empty());
}

TEST_CASE("best F: two files, two classes") {
  best_f metric({"A", "B"});
  metric.add(scores_a, 0.5, 3.0, reference_a).value();
  metric.add(scores_b, 0.5, 3.0, reference_b).value();
  check_example(metric.result());
  check_example(metric.result_of_all().value());

  const best_f_result half = metric.at(0.5f);
  CHECK(half.classes[0].f1 == 1);
  CHECK(half.classes[1].f1 == Approx(0.666667).margin(5e-7));
  CHECK(half.macro_f1 == Approx(0.833333).margin(5e-7));
  const std::vector<float> own{half.classes[0].threshold, metric.result().classes[1].threshold};
  check_example(metric.at(own).value());  // a reported threshold gives the reported scores
  CHECK_FALSE(metric.at(floats{0.5f}));
}

TEST_CASE("best F: merged accumulators equal one") {
  best_f a({"A", "B"}), b({"A", "B"}), all({"A", "B"});
  a.add(scores_a, 0.5, 3.0, reference_a).value();
  b.add(scores_b, 0.5, 3.0, reference_b).value();
  all.merge(b).value();
  all.merge(a).value();
  check_example(all.result());
  all.merge(all).value();  // everything twice: the same scores
  check_example(all.result());
  CHECK(all.result().classes[0].positives == 6);
  CHECK_FALSE(all.merge(best_f({"A"})));
  CHECK_FALSE(all.merge(best_f({"A", "B"}, {.segment = 2})));
}

TEST_CASE("best F: exact boundaries, or rounded ones as numpy makes them") {
  // One event from 14 to 15 s, found perfectly in frames of 0.2 s. Rounded to 30 decimals 15 becomes
  // 14.999999999999998, so that the event leaks into segment 15, where no frame has found it: P 1, R 1/2.
  floats scores(20 * 5);
  for (std::size_t k = 70; k < 75; ++k) scores[k] = 1;
  const events reference{{14, 15, "A"}};
  const auto best = [&](int decimals) {
    best_f metric({"A"}, {.time_decimals = decimals});
    metric.add(scores, 0.2, 20.0, reference).value();
    return metric.result().macro_f1;
  };
  CHECK(best(-1) == 1.0);
  CHECK(best(6) == 1.0);
  CHECK(best(30) == Approx(2.0 / 3));
}

TEST_CASE("best F: every whole second is exact with a hop of 0.2 s") {
  for (int second = 0; second < 300; ++second) {
    floats scores(301 * 5);
    for (std::size_t k = 0; k < 5; ++k) scores[static_cast<std::size_t>(second) * 5 + k] = 1;
    best_f metric({"A"});
    const events reference{{double(second), second + 1.0, "A"}};
    metric.add(scores, 0.2, 301, reference).value();
    const best_f_result r = metric.result();
    REQUIRE(r.macro_f1 == 1);
    REQUIRE(r.classes[0].positives == 1);
  }
}

TEST_CASE("best F: touching and overlapping events are accepted") {
  best_f metric({"A"});
  metric.add(floats{1, 1, 0}, 1.0, 3.0, events{{0, 1, "A"}, {1, 2, "A"}, {0.5, 1.5, "A"}}).value();
  CHECK(metric.result().classes[0].positives == 2);
  CHECK(metric.result().macro_f1 == 1);
}

TEST_CASE("best F: the largest of equally good scores wins") {
  // At .9 P 1, R 1/2: F 2/3; at .5 P 2/4, R 1: F 2/3 again.
  best_f metric({"A"});
  metric.add(floats{.9f, .5f, .6f, .7f, .1f}, 1.0, 5.0, events{{0, 2, "A"}}).value();
  const best_f_result r = metric.result();
  CHECK(r.classes[0].f1 == Approx(2.0 / 3));
  CHECK(r.classes[0].precision == 1);
  CHECK(r.classes[0].threshold == Approx(0.8));
}

TEST_CASE("best F: thresholds between neighbouring and equal scores") {
  const float v = 0.5f, next = std::nextafter(v, 0.0f);
  best_f metric({"A"});
  metric.add(floats{v, next, next}, 1.0, 3.0, events{{0, 1, "A"}}).value();
  const best_f_result r = metric.result();
  CHECK(r.macro_f1 == 1);
  CHECK(r.classes[0].threshold == next);
  CHECK(metric.at(r.classes[0].threshold).macro_f1 == 1);

  best_f equal({"A"});
  equal.add(floats{v, v, v}, 1.0, 3.0, events{{0, 1, "A"}}).value();
  CHECK(equal.result().macro_f1 == Approx(0.5));  // P 1/3, R 1
  CHECK(equal.result().classes[0].threshold == -std::numeric_limits<float>::infinity());
}

TEST_CASE("best F: scores of doubles that are one float") {
  best_f_of<double> metric({"A"});
  const std::vector<double> x{0.1 + 1e-12, 0.1};
  metric.add(x, 1.0, 2.0, events{{0, 1, "A"}}).value();
  CHECK(metric.result().macro_f1 == 1);
  CHECK(metric.result().classes[0].threshold > 0.1);
  CHECK(metric.result().classes[0].threshold < x[0]);
}

TEST_CASE("best F: segments without frames score 0, frames past the duration are left out") {
  best_f metric({"A"});
  metric.add(floats{.9f}, 1.0, 3.0, events{{2, 3, "A"}}).value();  // scores .9, 0, 0: F 2*(1/3)/(4/3)
  CHECK(metric.result().macro_f1 == Approx(0.5));
  best_f cut({"A"});
  cut.add(floats{.9f, .1f, .8f}, 1.0, 2.0, events{{0, 1, "A"}}).value();
  CHECK(cut.result().macro_f1 == 1);
  best_f late({"A"});
  late.add(floats{.9f}, std::vector<double>{1, 2}, 3.0, events{{1, 2, "A"}}).value();
  CHECK(late.result().macro_f1 == 1);
}

TEST_CASE("best F: a class without positives is reported") {
  best_f metric({"A", "B", "C"});
  metric.add(floats{.9f, .1f, .1f, .1f, .8f, .1f}, 1.0, 2.0, events{{0, 1, "A"}}).value();
  const best_f_result r = metric.result();
  CHECK(std::isnan(r.classes[1].f1));
  CHECK(std::isnan(r.classes[1].threshold));
  CHECK(r.absent == std::vector<std::string>{"B", "C"});
  CHECK(r.macro_f1 == 1);
  CHECK(r.micro.f1 == 1);
  CHECK(std::isnan(metric.at(0.5f).classes[1].f1));
  CHECK_THROWS_WITH(metric.result_of_all().value(),
                    "class without positives: best F: expected every class in the reference, got none of 'B', 'C'");
}

TEST_CASE("best F: nothing added, no frames, no classes, one frame") {
  best_f metric({"A"});
  CHECK(std::isnan(metric.result().macro_f1));
  CHECK(std::isnan(metric.result().micro.f1));
  metric.add({}, 0.2, 0.0, {}).value();
  metric.add({}, std::vector<double>{}, 2.0, {}).value();
  CHECK(std::isnan(metric.result().macro_f1));
  metric.add(floats{.7f}, 0.2, 0.2, events{{0, 0.2, "A"}}).value();
  CHECK(metric.result().macro_f1 == 1);
  best_f none({});
  none.add({}, 0.2, 3.0, {}).value();
  CHECK(none.result().classes.empty());
  CHECK(std::isnan(none.result().macro_f1));
}

TEST_CASE("best F: an error adds nothing") {
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
  const events good{{0, 1, "A"}};
  best_f metric({"A", "B"});
  CHECK_THROWS_WITH(metric.add(floats{.1f, .2f, .3f, nan}, 1.0, 2.0, good).value(),
                    "bad score: frame 1, B: expected a finite number, got nan");
  CHECK_FALSE(metric.add(floats{.1f, infinity}, 1.0, 1.0, good));
  CHECK_FALSE(metric.add(floats{.1f, .2f, .3f}, 1.0, 2.0, good));
  CHECK_FALSE(metric.add(floats{.1f, .2f}, 0.0, 1.0, good));
  CHECK_FALSE(metric.add(floats{.1f, .2f}, 1.0, -1.0, good));
  CHECK_FALSE(metric.add(floats{.1f, .2f}, 1.0, double(nan), good));
  CHECK_FALSE(metric.add(floats{.1f, .2f}, 1.0, 1e9, good));
  CHECK_FALSE(metric.add(floats{.1f, .2f}, 1.0, 1.0, events{{0, 1, "C"}}));
  CHECK_FALSE(metric.add(floats{.1f, .2f}, 1.0, 1.0, events{{1, 0, "A"}}));
  CHECK_FALSE(metric.add(floats{.1f, .2f, .3f, .4f}, std::vector<double>{0, 2, 1}, 2.0, good));
  CHECK_FALSE(best_f({"A", "A"}).add(floats{.1f, .2f}, 1.0, 1.0, good));
  CHECK_FALSE(best_f({"A"}, {.segment = 0}).add(floats{.1f}, 1.0, 1.0, good));
  CHECK_FALSE(best_f({"A"}, {.time_decimals = 1000}).add(floats{.1f}, 1.0, 1.0, good));
  CHECK(std::isnan(metric.result().classes[0].f1));
  CHECK(metric.result().classes[0].positives == 0);
}

TEST_CASE("best F: equals trying every threshold") {
  random_sequence random(5);
  floats scores(400);
  for (float& s : scores) s = static_cast<float>(random.below(50)) / 50;
  events reference;
  for (int i = 0; i < 400; i += 3)
    if (random.uniform() < 0.4) reference.push_back({double(i), i + 1.0, "A"});
  best_f metric({"A"});
  metric.add(scores, 1.0, 400, reference).value();
  double best = 0;
  for (int t = -1; t <= 50; ++t) best = std::max(best, metric.at((static_cast<float>(t) + 0.5f) / 50).macro_f1);
  CHECK(best > 0.2);
  CHECK(metric.result().macro_f1 == best);
}

TEST_CASE("best F: a million samples are sorted, not compared with each other") {
  random_sequence random(7);
  floats scores(1'000'000);
  for (float& s : scores) s = static_cast<float>(random.uniform());
  best_f metric({"A"});
  metric.add(scores, 1.0, 1e6, events{{0, 5e5, "A"}}).value();
  const auto start = std::chrono::steady_clock::now();
  CHECK(metric.result().macro_f1 == Approx(2.0 / 3).margin(0.01));
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));  // all pairs would take minutes
}

}  // namespace best_f_test
