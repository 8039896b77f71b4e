#include <auris/metric/intersection_based.hpp>

#include "support/catch.hpp"

namespace intersection_based_test {

using namespace auris;

using events = std::vector<event>;

static const std::vector<std::string> classes{"A", "B"};

static intersection_based_result of(const events& reference, const events& estimated,
                                    intersection_based_options options = {}) {
  intersection_based metric(classes, options);
  metric.add(reference, estimated).value();
  return metric.result();
}

TEST_CASE("intersection based: relevant detections, found events, false alarms") {
  // Relevant: 1 s and 1.5 s on the event, so 2.5 of 4 s are covered; of the third detection 0.4 of 1 s.
  const events reference{{0, 4, "A"}, {6, 8, "A"}};
  const auto r = of(reference, events{{0, 1, "A"}, {2, 3.5, "A"}, {7.6, 8.6, "A"}});
  CHECK(r.classes[0].counts.true_positives == 1);
  CHECK(r.classes[0].counts.false_positives == 1);
  CHECK(r.classes[0].counts.false_negatives == 1);
  CHECK(r.classes[0].counts.reference == 2);
  CHECK(r.classes[0].counts.estimated == 3);
  CHECK(r.micro.f1 == Approx(0.5));
  CHECK(r.micro.precision == Approx(0.5));
  CHECK(r.micro.recall == Approx(0.5));
  CHECK(std::isnan(r.micro.error_rate));
}

TEST_CASE("intersection based: a class with nothing found stays in the mean, or leaves it as in psds_eval") {
  const events reference{{0, 1, "A"}, {2, 3, "B"}}, estimated{{0, 1, "A"}};
  CHECK(of(reference, estimated).macro.f1 == 0.5);
  CHECK(of(reference, estimated, {.psds_eval_quirk = true}).macro.f1 == 1.0);
}

TEST_CASE("intersection based: one detection over several events, several detections on one event") {
  const events two{{0, 2, "A"}, {3, 5, "A"}}, long_one{{0, 5, "A"}};
  CHECK(of(two, long_one).micro.counts.true_positives == 2);
  CHECK(of(long_one, two).micro.counts.true_positives == 1);
  CHECK(of(long_one, two).micro.f1 == 1);
  CHECK(of(two, long_one, {.criteria = {.detection = 0.9}}).micro.counts.true_positives == 0);
}

TEST_CASE("intersection based: an exact share counts, whatever the last bits") {
  // 0.7 (0.3 - 0.2) is more than 0.27 - 0.2 in binary.
  CHECK(of(events{{0.2, 0.3, "A"}}, events{{0.2, 0.27, "A"}}, {.criteria = {0.7, 0.7}}).micro.f1 == 1);
  CHECK(of(events{{0.2, 0.27, "A"}}, events{{0.2, 0.3, "A"}}, {.criteria = {0.7, 0.7}}).micro.f1 == 1);
}

TEST_CASE("intersection based: with psds_eval's quirk shares are plain doubles") {
  const events reference{{0.2, 0.27, "A"}}, estimated{{0.2, 0.3, "A"}};  // (0.27 - 0.2)/(0.3 - 0.2) is less than 0.7
  CHECK(of(reference, estimated, {.criteria = {0.7, 0.7}}).micro.counts.true_positives == 1);
  CHECK((0.27 - 0.2) / (0.3 - 0.2) < 0.7 + 1e-15);
  const bool enough = (0.27 - 0.2) / (0.3 - 0.2) >= 0.7;
  CHECK(of(reference, estimated, {.criteria = {0.7, 0.7}, .psds_eval_quirk = true}).micro.counts.true_positives ==
        enough);
  CHECK(of(events{{1, 1, "A"}}, {}, {.psds_eval_quirk = true}).micro.counts.reference == 0);
}

TEST_CASE("intersection based: false alarms on events of another class are cross triggers") {
  const events reference{{0, 1, "B"}, {2, 3, "B"}, {5, 6, "A"}};
  const auto r = of(reference, events{{0, 3, "A"}, {0.8, 2, "A"}, {5, 6, "A"}});
  CHECK(r.classes[0].counts.false_positives == 2);
  CHECK(r.cross_triggers == std::vector<std::vector<idx>>{{0, 1}, {0, 0}});  // 2 of 3 s; 0.2 of 1.2 s are too little
}

TEST_CASE("intersection based: merged accumulators equal one") {
  const events r1{{0, 4, "A"}, {1, 2, "B"}}, e1{{0, 3, "A"}, {5, 6, "B"}}, r2{{0, 1, "B"}},
      e2{{0, 1, "A"}, {0, 1, "B"}};
  intersection_based a(classes), b(classes), one(classes);
  a.add(r1, e1).value(), b.add(r2, e2).value();
  one.add(r2, e2).value(), one.add(r1, e1).value();
  a.merge(b).value();
  CHECK(a.result().micro.counts == one.result().micro.counts);
  CHECK(a.result().cross_triggers == one.result().cross_triggers);
  CHECK(a.result().macro.f1 == one.result().macro.f1);
  CHECK_FALSE(a.merge(intersection_based({"A"})));
  CHECK_FALSE(a.merge(intersection_based(classes, {.criteria = {.detection = 0.1}})));
}

TEST_CASE("intersection based: nothing, empty files, no length") {
  CHECK(std::isnan(intersection_based(classes).result().micro.f1));
  CHECK(std::isnan(of({}, {}).macro.f1));
  CHECK(of(events{{0, 1, "A"}}, {}).macro.f1 == 0);
  CHECK(of({}, events{{0, 1, "A"}}).micro.counts.false_positives == 1);
  CHECK(std::isnan(of({}, events{{0, 1, "A"}}).macro.f1));
  CHECK(of({}, events{{1, 1, "A"}}).micro.counts.estimated == 0);
  intersection_based({}).add({}, {}).value();
}

TEST_CASE("intersection based: an error adds nothing") {
  intersection_based metric(classes);
  const events good{{0, 1, "A"}};
  for (const events& bad : {events{{0, 1, "X"}}, events{{-1, 1, "A"}}, events{{2, 1, "A"}}}) {
    CHECK_FALSE(metric.add(bad, good));
    CHECK_FALSE(metric.add(good, bad));
  }
  CHECK(metric.result().micro.counts == detection_counts{});
  CHECK_FALSE(intersection_based({"A", "A"}).add(good, good));
  for (double bad : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()})
    CHECK_FALSE(intersection_based(classes, {.criteria = {.detection = bad}}).add(good, good));
}

}  // namespace intersection_based_test
