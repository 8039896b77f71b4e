#include <auris/metric/task_4b.hpp>

#include "support/catch.hpp"

namespace task_4b_test {

using namespace auris;

using events = std::vector<event>;
using floats = std::vector<float>;
using fold = std::vector<task_4b_file>;

static const std::vector<std::string> classes{"car", "dog", "metro"};

// One column of 5 frames per second: each second has so many active frames at its start.
static floats seconds(std::initializer_list<int> active_frames) {
  floats column;
  for (int n : active_frames)
    for (int k = 0; k < 5; ++k) column.push_back(k < n ? 0.9f : 0.1f);
  return column;
}
// Three classes of which the middle one is not evaluated.
static floats frames(const floats& car, const floats& metro) {
  floats x;
  for (std::size_t k = 0; k < car.size(); ++k) x.insert(x.end(), {car[k], 1.0f, metro[k]});
  return x;
}

TEST_CASE("task 4B: runs are floored to whole seconds, one inside of a second vanishes") {
  const floats none = seconds({0, 0, 0, 0});
  const floats truth = frames(seconds({5, 5, 0, 0}), none);  // car 0-2
  const floats p = frames(seconds({5, 3, 0, 3}), none);      // car 0-1.6 -> 0-1, and 3-3.6 -> 3-3
  const events hard{{0, 1, "car"}, {1, 2, "car"}, {0, 4, "dog"}};
  task_4b metric(classes, {0, 2});
  metric.add_fold(fold{{p, truth, hard, 4.0}}).value();
  const task_4b_result r = metric.result();
  CHECK(r.at_threshold.micro.counts == detection_counts{1, 0, 1, 2, 1, 0, 1, 0});
  CHECK(r.error_rate_micro == Approx(0.5));
  CHECK(r.f1_micro == Approx(2.0 / 3));
  CHECK(r.f1_macro == Approx(1.0 / 3));   // metro is undefined and counts as 0
  CHECK(r.f1_macro_best == Approx(0.8));  // scores .9 .9 .1 .9: P 2/3, R 1
  CHECK(r.best.absent == std::vector<std::string>{"metro"});
}

TEST_CASE("task 4B: gaps are closed after flooring") {
  // Runs 0-0.6, 1-1.6, 2-2.6 floored: 0-0, 1-1, 2-2; each vanishes. A run 0.8-1.2 becomes 0-1.
  const floats none = seconds({0, 0, 0}), truth = frames(seconds({5, 5, 5}), none);
  task_4b metric(classes, {0});
  metric.add_fold(fold{{frames(seconds({3, 3, 3}), none), truth, {}, 3.0}}).value();
  CHECK(metric.result().at_threshold.micro.counts.estimated == 0);
  floats across = none;
  across[4] = across[5] = 0.9f;  // 0.8 to 1.2
  metric.add_fold(fold{{frames(across, none), truth, {}, 3.0}}).value();
  CHECK(metric.result().at_threshold.micro.counts.estimated == 1);
  CHECK(metric.result().at_threshold.micro.counts.reference == 6);
}

TEST_CASE("task 4B: the files of a fold are concatenated, so that their grids drift") {
  // The first file has 6 frames: an event of the second file's first second lies at 1.2-2.2 s, floored 1-2.
  const floats first(6 * 3, 0.0f);
  floats p = frames(seconds({5, 0}), seconds({0, 0}));
  const events hard{{0, 1, "car"}};
  task_4b metric(classes, {0, 2});
  metric.add_fold(fold{{first, first, {}, 1.2}, {p, p, hard, 2.0}}).value();
  const task_4b_result r = metric.result();
  CHECK(r.at_threshold.seconds == 2.0);
  CHECK(r.f1_micro == 1);
  CHECK(r.f1_macro == 0.5);
  CHECK(r.f1_macro_best == 1);  // each file by itself: 2 + 2 segments
}

TEST_CASE("task 4B: merged folds equal folds added to one") {
  const floats none = seconds({0, 0, 0, 0}), truth = frames(seconds({5, 0, 5, 0}), seconds({0, 5, 5, 0}));
  const floats p = frames(seconds({5, 5, 5, 0}), seconds({0, 0, 5, 0})), q = frames(seconds({5, 0, 0, 5}), none);
  const events hard{{0, 1, "car"}, {2, 3, "car"}, {1, 2, "metro"}, {2, 3, "metro"}};
  task_4b one(classes, {0, 2}), a(classes, {0, 2}), b(classes, {0, 2});
  const fold x{{p, truth, hard, 4.0}}, y{{q, truth, hard, 4.0}};
  one.add_fold(x).value();
  one.add_fold(y).value();
  a.add_fold(y).value();
  b.add_fold(x).value();
  a.merge(b).value();
  CHECK(a.result().at_threshold.micro.counts == one.result().at_threshold.micro.counts);
  CHECK(a.result().error_rate_micro == one.result().error_rate_micro);
  CHECK(a.result().f1_macro == one.result().f1_macro);
  CHECK(a.result().f1_macro_best == one.result().f1_macro_best);
  CHECK(one.result().at_threshold.micro.counts == detection_counts{4, 2, 4, 8, 6, 1, 3, 1});
  CHECK_FALSE(a.merge(task_4b(classes, {0})));
  CHECK_FALSE(a.merge(task_4b(classes, {0, 2}, {.threshold = 0.4f})));
}

TEST_CASE("task 4B: 30 decimals for parity") {
  floats column(20 * 5);
  for (std::size_t k = 70; k < 75; ++k) column[k] = 1;
  const events hard{{14, 15, "A"}};
  for (int decimals : {-1, 30}) {
    task_4b metric({"A"}, {0}, {.time_decimals = decimals});
    metric.add_fold(fold{{column, column, hard, 20.0}}).value();
    CHECK(metric.result().f1_macro_best == Approx(decimals < 0 ? 1.0 : 2.0 / 3));
  }
}

TEST_CASE("task 4B: nothing, no files, one frame") {
  task_4b metric(classes, {0, 2});
  metric.add_fold({}).value();
  CHECK(std::isnan(metric.result().f1_micro));
  CHECK(metric.result().f1_macro == 0);
  CHECK(std::isnan(metric.result().f1_macro_best));
  const floats x{.9f, .9f, .9f};
  metric.add_fold(fold{{x, x, events{{0, 0.2, "car"}}, 0.2}}).value();
  CHECK(metric.result().f1_macro_best == 1);
  task_4b none(classes, {});
  none.add_fold(fold{{x, x, {}, 0.2}}).value();
  CHECK(std::isnan(none.result().f1_macro));
}

TEST_CASE("task 4B: an error adds nothing") {
  const floats x{.9f, .9f, .9f}, bad{.9f, .9f, std::numeric_limits<float>::quiet_NaN()}, longer(6), odd(4);
  task_4b metric(classes, {0, 2});
  const task_4b_file good{x, x, {}, 0.2};
  const events unknown{{0, 1, "cow"}}, backwards{{1, 0, "car"}};
  for (const task_4b_file& file : {task_4b_file{bad, x, {}, 0.2},
                                   {x, bad, {}, 0.2},
                                   {x, longer, {}, 0.2},
                                   {odd, odd, {}, 0.2},
                                   {x, x, unknown, 0.2},
                                   {x, x, backwards, 0.2},
                                   {x, x, {}, -1}})
    CHECK_FALSE(metric.add_fold(fold{good, file}));
  CHECK(metric.result().at_threshold.files == 0);
  CHECK(metric.result().best.classes[0].positives == 0);
  CHECK_FALSE(task_4b(classes, {3}).add_fold(fold{good}));
  CHECK_FALSE(task_4b(classes, {-1}).add_fold(fold{good}));
  CHECK_FALSE(task_4b(classes, {0, 0}).add_fold(fold{good}));
  CHECK_FALSE(task_4b({}, {}).add_fold(fold{good}));
}

}  // namespace task_4b_test
