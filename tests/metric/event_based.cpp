#include <auris/core/random.hpp>
#include <auris/metric/event_based.hpp>
#include <chrono>

#include "support/catch.hpp"

namespace event_based_test {

using namespace auris;

using events = std::vector<event>;

static const std::vector<std::string> classes{"A", "B", "C"};
static const events reference_1{{0, 2.5, "A"}, {2, 4, "B"}, {6.2, 8, "A"}}, reference_2{{1, 3, "B"}, {5, 9.5, "C"}};
static const events estimate_1{{0.15, 2.3, "A"}, {2.3, 4.1, "B"}, {6.1, 7.2, "A"}, {8.5, 9.5, "C"}};
static const events estimate_2{{0.9, 3.3, "B"}, {5.1, 8.8, "C"}, {9, 9.5, "A"}};

static event_based_result of_example(event_based_options options) {
  event_based metric(classes, options);
  metric.add(reference_1, estimate_1).value();
  metric.add(reference_2, estimate_2).value();
  return metric.result();
}

static detection_counts counts_of(const events& reference, const events& estimated, event_based_options options) {
  event_based metric(classes, options);
  metric.add(reference, estimated).value();
  return metric.result().micro.counts;
}

TEST_CASE("event based: two files, three classes, 20 % of the length") {
  const event_based_result r = of_example({.offset_share = 0.2});
  CHECK(r.micro.counts == detection_counts{3, 4, 2, 5, 7, 0, 2, 4});
  CHECK(r.micro.precision == Approx(0.428571).margin(5e-7));
  CHECK(r.micro.recall == Approx(0.6));
  CHECK(r.micro.f1 == Approx(0.5));
  CHECK(r.micro.error_rate == Approx(1.2));
  CHECK(r.micro.substitution_rate == 0);
  CHECK(r.micro.deletion_rate == Approx(0.4));
  CHECK(r.micro.insertion_rate == Approx(0.8));
  REQUIRE(r.classes.size() == 3);
  CHECK(r.classes[0].f1 == Approx(0.4));
  CHECK(r.classes[1].f1 == Approx(0.5));
  CHECK(r.classes[2].f1 == Approx(0.666667).margin(5e-7));
  CHECK(r.macro.f1 == Approx((0.4 + 0.5 + 2.0 / 3) / 3));
  CHECK(r.files == 2);
}

TEST_CASE("event based: two files, three classes, 50 % of the length") {
  const event_based_result r = of_example({});
  CHECK(r.micro.counts == detection_counts{4, 3, 1, 5, 7, 0, 1, 3});
  CHECK(r.micro.f1 == Approx(0.666667).margin(5e-7));
  CHECK(r.micro.error_rate == Approx(0.8));
  const double f1[] = {0.8, 0.5, 0.666667};
  for (std::size_t c = 0; c < 3; ++c) CHECK(r.classes[c].f1 == Approx(f1[c]).margin(5e-7));
}

TEST_CASE("event based: optimal matching finds more pairs than greedy") {
  const events reference{{1, 2, "A"}, {1.15, 2.15, "A"}}, estimated{{1.1, 2.1, "A"}, {0.9, 1.9, "A"}};
  CHECK(counts_of(reference, estimated, {.offset_share = 0.2}) == detection_counts{2, 0, 0, 2, 2, 0, 0, 0});
  CHECK(counts_of(reference, estimated, {.offset_share = 0.2, .matching = event_matching::greedy}) ==
        detection_counts{1, 1, 1, 2, 2, 0, 1, 1});
}

TEST_CASE("event based: a substitution counts once together, and twice by class") {
  event_based metric(classes);
  metric.add(events{{1, 2, "A"}}, events{{1.1, 2.1, "B"}}).value();
  const event_based_result r = metric.result();
  CHECK(r.micro.counts == detection_counts{0, 0, 0, 1, 1, 1, 0, 0});
  CHECK(r.micro.error_rate == Approx(1));
  CHECK(r.classes[0].counts.false_negatives == 1);
  CHECK(r.classes[0].counts.false_positives == 0);
  CHECK(r.classes[1].counts.false_negatives == 0);
  CHECK(r.classes[1].counts.false_positives == 1);
  CHECK(std::isnan(r.classes[1].error_rate));
}

TEST_CASE("event based: each estimate substitutes one event") {
  const events two{{1, 2, "A"}, {1, 2, "B"}};
  CHECK(counts_of(two, events{{1, 2, "C"}}, {}) == detection_counts{0, 0, 1, 2, 1, 1, 1, 0});
  CHECK(counts_of(events{{1, 2, "C"}}, two, {}) == detection_counts{0, 1, 0, 1, 2, 1, 0, 1});
  CHECK(counts_of(two, events{{1, 2, "A"}, {1, 2, "C"}}, {}) == detection_counts{1, 0, 0, 2, 2, 1, 0, 0});
}

TEST_CASE("event based: times are compared as plain doubles") {
  const auto hit = [](double truth, double found) {
    return counts_of(events{{truth, truth + 1, "A"}}, events{{found, truth + 1, "A"}}, {}).true_positives == 1;
  };
  CHECK_FALSE(hit(3.0, 3.2));  // 0.2000000000000002
  CHECK(hit(1.0, 1.2));
  CHECK(hit(1.2, 1.0));
  CHECK_FALSE(hit(3.2, 3.0));
  // Far from 0 the difference may round to the collar; what is found does not depend on the order of the search.
  CHECK(hit(1e9, 1e9 + 0.2) == (std::abs(1e9 - (1e9 + 0.2)) <= 0.2));
  CHECK(hit(1e9 + 0.2, 1e9) == (std::abs(1e9 - (1e9 + 0.2)) <= 0.2));
}

TEST_CASE("event based: offsets may be left out") {
  const events reference{{1, 9, "A"}}, estimated{{1, 2, "A"}};
  CHECK(counts_of(reference, estimated, {}).true_positives == 0);
  CHECK(counts_of(reference, estimated, {.match_offsets = false}).true_positives == 1);
}

TEST_CASE("event based: merged accumulators equal one") {
  event_based a(classes), b(classes), all(classes);
  a.add(reference_2, estimate_2).value();
  b.add(reference_1, estimate_1).value();
  all.merge(a).value();
  all.merge(b).value();
  const event_based_result one = of_example({}), merged = all.result();
  CHECK(merged.micro.counts == one.micro.counts);
  for (std::size_t c = 0; c < 3; ++c) CHECK(merged.classes[c].counts == one.classes[c].counts);
  CHECK(merged.files == 2);
  CHECK_FALSE(all.merge(event_based({"A", "B"})));
  CHECK_FALSE(all.merge(event_based(classes, {.collar = 0.1})));
  CHECK_FALSE(all.merge(event_based(classes, {.matching = event_matching::greedy})));
}

TEST_CASE("event based: nothing added, empty files, no classes") {
  event_based metric(classes);
  for (int i = 0; i < 2; ++i) {
    CHECK(std::isnan(metric.result().micro.f1));
    CHECK(metric.result().micro.error_rate == 0);
    CHECK(std::isnan(metric.result().macro.f1));
    metric.add(events{}, events{}).value();
  }
  CHECK(metric.result().files == 2);
  metric.add(events{{0, 1, "A"}}, events{}).value();
  CHECK(metric.result().micro.error_rate == Approx(1));
  CHECK(std::isnan(metric.result().micro.precision));
  event_based none({});
  none.add(events{}, events{}).value();
  CHECK(none.result().classes.empty());
}

TEST_CASE("event based: undefined scores of classes as zero, and sed_eval's error rate") {
  event_based metric(classes, {.undefined_f1_is_zero = true, .sed_eval_error_rate = true});
  metric.add(events{{0, 1, "A"}}, events{{0, 1, "A"}, {5, 6, "B"}}).value();
  CHECK(metric.result().macro.f1 == Approx(1.0 / 3));
  CHECK(metric.result().classes[1].error_rate == Approx(4.5036e15).epsilon(1e-4));
}

TEST_CASE("event based: an error adds nothing") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  event_based metric(classes);
  const events good{{0, 1, "A"}};
  for (const events& bad : {events{{0, 1, "X"}}, events{{-1, 1, "A"}}, events{{0, nan, "A"}}, events{{2, 1, "A"}}}) {
    CHECK_FALSE(metric.add(bad, good));
    CHECK_FALSE(metric.add(good, bad));
  }
  CHECK(metric.result().micro.counts == detection_counts{});
  CHECK(metric.result().files == 0);
  CHECK_FALSE(event_based({"A", "A"}).add(good, good));
  for (double bad : {-1.0, nan, 1 / 0.0}) {
    CHECK_FALSE(event_based({"A"}, {.collar = bad}).add(good, good));
    CHECK_FALSE(event_based({"A"}, {.offset_share = bad}).add(good, good));
  }
}

TEST_CASE("event based: many events are searched, not compared with each other") {
  events many;
  for (int i = 0; i < 200000; ++i) many.push_back({i * 1.0, i + 0.5, i % 2 ? "A" : "B"});
  event_based metric(classes);
  const auto begin = std::chrono::steady_clock::now();
  metric.add(many, many).value();
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
  CHECK(metric.result().micro.f1 == 1);
}

}  // namespace event_based_test
