#include <auris/metric/segment_based.hpp>
#include <limits>

#include "support/catch.hpp"

namespace segment_based_test {

using namespace auris;

using events = std::vector<event>;
static const events reference_1{{0, 2.5, "A"}, {2, 4, "B"}, {6.2, 8, "A"}};
static const events reference_2{{1, 3, "B"}, {5, 9.5, "C"}};
static const events estimate_1{{0.15, 2.3, "A"}, {2.3, 4.1, "B"}, {6.1, 7.2, "A"}, {8.5, 9.5, "C"}};
static const events estimate_2{{0.9, 3.3, "B"}, {5.1, 8.8, "C"}, {9, 9.5, "A"}};
static const std::vector<std::string> classes{"A", "B", "C"};

static void check_example(const segment_based_result& r) {
  CHECK(r.micro.counts == detection_counts{13, 6, 1, 14, 19, 1, 0, 5});
  CHECK(r.micro.precision == Approx(0.684211).margin(5e-7));
  CHECK(r.micro.recall == Approx(0.928571).margin(5e-7));
  CHECK(r.micro.f1 == Approx(0.787879).margin(5e-7));
  CHECK(r.micro.error_rate == Approx(0.428571).margin(5e-7));
  CHECK(r.micro.substitution_rate == Approx(0.071429).margin(5e-7));
  CHECK(r.micro.deletion_rate == 0);
  CHECK(r.micro.insertion_rate == Approx(0.357143).margin(5e-7));
  const double f1[] = {0.909091, 0.727273, 0.727273}, error_rate[] = {0.2, 0.75, 0.6};
  REQUIRE(r.classes.size() == 3);
  for (std::size_t c = 0; c < 3; ++c) {
    CHECK(r.classes[c].label == classes[c]);
    CHECK(r.classes[c].f1 == Approx(f1[c]).margin(5e-7));
    CHECK(r.classes[c].error_rate == Approx(error_rate[c]).margin(5e-7));
  }
  CHECK(r.macro.f1 == Approx(0.787879).margin(5e-7));
  CHECK(r.macro.precision == Approx(0.690476).margin(5e-7));
  CHECK(r.macro.recall == Approx(0.933333).margin(5e-7));
  CHECK(r.macro.error_rate == Approx(0.516667).margin(5e-7));
  CHECK(r.seconds == 19.0);
  CHECK(r.segments == 20);
  CHECK(r.files == 2);
}

TEST_CASE("segment based: two files, three classes") {
  segment_based metric(classes, {.resolution = 1.0});
  metric.add(reference_1, estimate_1).value();
  metric.add(reference_2, estimate_2).value();
  check_example(metric.result());
}

TEST_CASE("segment based: merged accumulators equal one") {
  segment_based a(classes), b(classes), all(classes);
  a.add(reference_2, estimate_2).value();
  b.add(reference_1, estimate_1).value();
  all.merge(a).value();
  all.merge(b).value();
  check_example(all.result());
  CHECK_FALSE(all.merge(segment_based({"A", "B"})));
  CHECK_FALSE(all.merge(segment_based(classes, {.resolution = 0.5})));
  check_example(all.result());
}

TEST_CASE("segment based: counts of one segment by hand") {
  segment_based metric(classes);
  metric.add(events{{0, 1, "A"}, {0, 1, "B"}}, events{{0, 1, "C"}}).value();  // one substitution, one deletion
  metric.add(events{{0, 1, "A"}}, events{{0, 1, "A"}, {0, 1, "B"}}).value();  // one insertion
  const segment_based_result r = metric.result();
  CHECK(r.micro.counts == detection_counts{1, 2, 2, 3, 3, 1, 1, 1});
  CHECK(r.micro.error_rate == Approx(1));
  CHECK(r.classes[1].counts == detection_counts{0, 1, 1, 1, 1, 0, 1, 1});
  CHECK(r.classes[1].error_rate == Approx(2));
  CHECK(r.classes[1].f1 == 0);  // P = R = 0
}

TEST_CASE("segment based: a given length cuts and pads") {
  segment_based metric({"A"});
  metric.add(events{{0, 5, "A"}}, events{{0, 2, "A"}}, 3.0).value();
  CHECK(metric.result().micro.counts == detection_counts{2, 0, 1, 3, 2, 0, 1, 0});
  metric.add(events{{0, 1, "A"}}, events{}, 10.0).value();
  CHECK(metric.result().segments == 13);
  CHECK(metric.result().seconds == 13.0);
}

TEST_CASE("segment based: undefined scores") {
  // A has no reference but a false alarm, B is perfect, C is missed, D occurs nowhere.
  const std::vector<std::string> four{"A", "B", "C", "D"};
  const events reference{{0, 1, "B"}, {0, 1, "C"}}, estimated{{0, 1, "A"}, {0, 1, "B"}};
  segment_based metric(four);
  metric.add(reference, estimated).value();
  const segment_based_result r = metric.result();
  CHECK(std::isnan(r.classes[0].recall));
  CHECK(std::isnan(r.classes[0].f1));
  CHECK(std::isnan(r.classes[0].error_rate));
  CHECK(std::isnan(r.classes[2].precision));
  CHECK(std::isnan(r.classes[2].f1));
  CHECK(r.classes[2].error_rate == Approx(1));
  CHECK(std::isnan(r.classes[3].f1));
  CHECK(r.classes[3].error_rate == 0);
  CHECK(r.macro.f1 == 1);                        // B alone
  CHECK(r.macro.error_rate == Approx(1.0 / 3));  // B 0, C 1, D 0
  CHECK(r.macro.precision == Approx(0.5));       // A 0, B 1

  segment_based zero(four, {.undefined_f1_is_zero = true, .sed_eval_error_rate = true});
  zero.add(reference, estimated).value();
  CHECK(zero.result().macro.f1 == 0.25);
  CHECK(zero.result().classes[0].error_rate == Approx(4.5036e15).epsilon(1e-4));
  CHECK(zero.result().macro.error_rate == Approx(4.5036e15 / 4).epsilon(1e-4));
}

TEST_CASE("segment based: nothing added, empty files, no classes") {
  segment_based metric(classes);
  for (int i = 0; i < 2; ++i) {
    CHECK(std::isnan(metric.result().micro.f1));
    CHECK(metric.result().micro.error_rate == 0);
    CHECK(std::isnan(metric.result().macro.f1));
    metric.add(events{}, events{}).value();
  }
  CHECK(metric.result().files == 2);
  CHECK(metric.result().segments == 0);
  segment_based none({});
  none.add(events{}, events{}, 2.0).value();
  CHECK(std::isnan(none.result().macro.error_rate));
  CHECK(none.result().classes.empty());
}

TEST_CASE("segment based: an error adds nothing") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  segment_based metric(classes);
  const events good{{0, 1, "A"}};
  for (const events& bad : {events{{0, 1, "X"}}, events{{-1, 1, "A"}}, events{{0, nan, "A"}}, events{{2, 1, "A"}},
                            events{{0, 1e12, "A"}}}) {
    CHECK_FALSE(metric.add(bad, good));
    CHECK_FALSE(metric.add(good, bad));
  }
  for (double length : {-1.0, nan, 1e12}) CHECK_FALSE(metric.add(good, good, length));
  CHECK(metric.result().micro.counts == detection_counts{});
  CHECK(metric.result().files == 0);
  CHECK_FALSE(segment_based({"A", "A"}).add(good, good));
  CHECK_FALSE(segment_based({"A"}, {.resolution = 0}).add(good, good));
}

}  // namespace segment_based_test
