#include <algorithm>
#include <auris/core/random.hpp>
#include <auris/metric/events_from_scores.hpp>
#include <auris/metric/intersection_based.hpp>
#include <auris/metric/psds.hpp>
#include <chrono>
#include <set>

#include "support/catch.hpp"

namespace psds_test {

using namespace auris;

using events = std::vector<event>;
using floats = std::vector<float>;
using strings = std::vector<std::string>;

// 40 frames of 1 s, columns A and B; the last 30 are 0.45.
static floats frames(const floats& a, const floats& b) {
  floats x;
  for (std::size_t k = 0; k < 40; ++k) x.insert(x.end(), {k < 10 ? a[k] : .45f, k < 10 ? b[k] : .45f});
  return x;
}
static const floats scores_a =
    frames({.9f, .8f, .7f, .2f, .95f, .1f, .6f, .1f, .1f, .3f}, {.1f, .1f, .3f, .6f, .8f, .7f, .2f, .1f, .2f, .1f});
static const floats scores_b =
    frames({.2f, .1f, .3f, .4f, .8f, .5f, .1f, .1f, .2f, .1f}, {.5f, .9f, .8f, .2f, .1f, .1f, .4f, .6f, .1f, .1f});
static const events reference_a{{0, 3, "A"}, {3, 6, "B"}}, reference_b{{4, 6, "A"}, {0, 3, "B"}, {7, 8, "B"}};

static psds_result of_example(const psds_options& options) {
  psds metric({"A", "B"}, options);
  metric.add(scores_a, 1.0, 60, reference_a).value();
  metric.add(scores_b, 1.0, 60, reference_b).value();
  return metric.result();
}

TEST_CASE("psds: scenario 1") {
  const psds_result r = of_example(psds_scenario_1);
  CHECK(r.value == Approx(0.55));
  CHECK(r.classes[0].value == Approx(0.55));
  CHECK(r.classes[1].value == Approx(1.0));
  CHECK(r.classes[1].events == 3);
  REQUIRE(r.curve.size() == 3);
  const psd_roc_point expected[] = {{0, 0}, {30, 0.5}, {60, 1}};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(r.curve[i].efpr == Approx(expected[i].efpr));
    CHECK(r.curve[i].etpr == Approx(expected[i].etpr));
  }
}

TEST_CASE("psds: scenario 2, and smaller weights of cross triggers") {
  psds_options options = psds_scenario_2;
  CHECK(of_example(options).value == Approx(0.0).margin(1e-12));
  options.alpha_ct = 0.1;
  const psds_result r = of_example(options);
  CHECK(r.value == Approx(0.185714).margin(5e-7));
  CHECK(r.curve.back().efpr == Approx(81.428571).margin(5e-7));
  options.alpha_ct = 0;
  CHECK(of_example(options).value == Approx(0.70));
}

TEST_CASE("psds: merged accumulators equal one") {
  for (const psds_options& options : {psds_scenario_1, psds_options{{0.1, 0.1, 0.3}, 0.1, 1, 100}}) {
    psds a({"A", "B"}, options), b({"A", "B"}, options);
    a.add(scores_a, 1.0, 60, reference_a).value();
    b.add(scores_b, 1.0, 60, reference_b).value();
    b.merge(a).value();
    CHECK(b.result().value == of_example(options).value);
    b.merge(b).value();  // everything twice: the same rates
    CHECK(b.result().value == Approx(of_example(options).value));
    CHECK_FALSE(a.merge(psds({"A"}, options)));
    CHECK_FALSE(a.merge(psds({"A", "B"}, {.max_efpr = 50})));
  }
}

struct recording {
  floats scores;
  events reference;
};

// The definition: every distinct score is a threshold, and each one is counted by itself.
static double by_definition(const strings& classes, const std::vector<recording>& files, double hop, double duration,
                            const psds_options& o) {
  std::set<float> thresholds;
  for (const recording& f : files) thresholds.insert(f.scores.begin(), f.scores.end());
  const std::size_t n = classes.size();
  std::vector<double> events_of_class(n), seconds(n);
  for (const recording& f : files)
    for (const event& e : f.reference) {
      const auto c = static_cast<std::size_t>(class_index(classes, e.label));
      ++events_of_class[c], seconds[c] += e.offset - e.onset;
    }
  const double total = duration * static_cast<double>(files.size());
  std::vector<std::vector<std::pair<double, double>>> points(n);  // eFPR, TPR
  for (float v : thresholds) {
    intersection_based metric(classes, {.criteria = o.criteria});
    for (const recording& f : files) {
      const idx rows = static_cast<idx>(f.scores.size() / n);
      const events found =
          events_from_scores(f.scores, rows, classes, {.threshold = {v}, .inclusive = true, .hop = hop}).value();
      metric.add(f.reference, found).value();
    }
    const auto r = metric.result();
    for (std::size_t c = 0; c < n; ++c) {
      double crossed = 0;
      for (std::size_t d = 0; d < n; ++d)
        if (d != c && seconds[d] > 0)
          crossed += static_cast<double>(r.cross_triggers[c][d]) / seconds[d] / static_cast<double>(n - 1);
      const double fp = static_cast<double>(r.classes[c].counts.false_positives) / total;
      points[c].emplace_back((fp + o.alpha_ct * crossed) * 3600,
                             static_cast<double>(r.classes[c].counts.true_positives) / events_of_class[c]);
    }
  }
  std::set<double> breaks{0, o.max_efpr};
  for (const auto& p : points)
    for (const auto& [efpr, tpr] : p)
      if (efpr < o.max_efpr) breaks.insert(efpr);
  double area = 0;
  for (auto b = breaks.begin(); std::next(b) != breaks.end(); ++b) {
    double mean = 0, square = 0;
    for (const auto& p : points) {
      double best = 0;
      for (const auto& [efpr, tpr] : p)
        if (efpr <= *b) best = std::max(best, tpr);
      mean += best / static_cast<double>(n), square += best * best / static_cast<double>(n);
    }
    const double deviation = std::sqrt(std::max(square - mean * mean, 0.0));
    area += std::max(mean - o.alpha_st * deviation, 0.0) * (*std::next(b) - *b);
  }
  return area / o.max_efpr;
}

TEST_CASE("psds: equals counting at every threshold by itself") {
  const strings classes{"A", "B", "C"};
  constexpr std::size_t rows = 60;
  constexpr double hop = 0.25, duration = rows * hop;
  random_sequence random(11);
  double sum = 0;
  for (int trial = 0; trial < 12; ++trial) {
    std::vector<recording> files(6);
    for (recording& f : files) {
      for (std::size_t i = 0; i < rows * 3; ++i) f.scores.push_back(static_cast<float>(random.below(12)) / 20);
      for (std::size_t c = 0; c < 3; ++c) {
        if (random.uniform() < 0.3) continue;
        double onset = 0;
        for (int e = 0; e < 2; ++e) {
          onset += 0.5 + 3 * random.uniform();
          const double offset = std::min(onset + 0.3 + 3 * random.uniform(), duration);
          f.reference.push_back({onset, offset, classes[c]});
          for (auto k = static_cast<std::size_t>(onset / hop); k < rows && static_cast<double>(k) * hop < offset; ++k)
            f.scores[k * 3 + c] += static_cast<float>(random.below(10)) / 20;
          onset = offset;
        }
      }
    }
    for (psds_options options : {psds_scenario_1, psds_scenario_2}) {
      options.alpha_st = trial % 3 ? 0.5 : 1,
      options.max_efpr = trial % 2 ? 3000 : 800;  // there are many false alarms in so short recordings
      psds metric(classes, options);
      for (const recording& f : files) metric.add(f.scores, hop, duration, f.reference).value();
      const double expected = by_definition(classes, files, hop, duration, options);
      CHECK(metric.result().value == Approx(expected).margin(1e-9));
      sum += expected;
    }
  }
  CHECK(sum > 1);  // not all of them are 0
}

TEST_CASE("psds: of many thresholds only those within the rate are sorted, with the same result") {
  // Files of 10 s with one event each: found by a score above all noise but that of other files.
  random_sequence random(5);
  psds whole({"A"}), parts({"A"});
  std::vector<recording> files(300);
  for (recording& f : files) {
    for (int k = 0; k < 50; ++k) f.scores.push_back(static_cast<float>(random.below(320)) / 400);
    for (std::size_t k = 10; k < 20; ++k) f.scores[k] = static_cast<float>(120 + random.below(280)) / 400;
    f.reference = {{2, 4, "A"}};
    whole.add(f.scores, 0.2, 10, f.reference).value();
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    psds one({"A"});
    one.add(files[i].scores, 0.2, 10, files[i].reference).value();
    parts.merge(one).value();
  }
  CHECK(parts.result().value == whole.result().value);
  CHECK(whole.result().value == Approx(by_definition({"A"}, files, 0.2, 10, psds_scenario_1)).margin(1e-9));
}

TEST_CASE("psds: files without events end the curve where they have too many false alarms, with the same result") {
  random_sequence random(7);
  // 8, 16 false alarms, and more than there are files
  for (const double max_efpr : {50.0, 100.0, 100.0, 100.0, 100.0, 100.0, 1e4}) {
    psds_options options = max_efpr == 50 ? psds_scenario_2 : psds_scenario_1;
    options.max_efpr = max_efpr, options.alpha_st = 0;
    psds whole({"A", "B"}, options), parts({"A", "B"}, options);
    std::vector<recording> files(60);
    for (std::size_t i = 0; i < files.size(); ++i) {
      recording& f = files[i];
      // One false alarm in files without events, none above half of the scores in the others: so the last one counts.
      const bool quiet = i % 4 != 0;
      const auto noise = [&] { return static_cast<float>(random.below(quiet ? 4096 : 2048)) / 8192; };
      const float a = noise(), b = noise();
      for (int k = 0; k < 10; ++k) f.scores.insert(f.scores.end(), {quiet ? a : noise(), quiet ? b : noise()});
      if (!quiet) {
        const std::size_t c = i % 8 == 0;
        const float level = static_cast<float>(2048 + random.below(3072)) / 8192;
        for (std::size_t k = 2; k < 5; ++k) f.scores[2 * k + c] = level;
        f.reference = {{2, 5, c ? "B" : "A"}};
      }
      whole.add(f.scores, 1.0, 10, f.reference).value();
      psds one({"A", "B"}, options);
      one.add(f.scores, 1.0, 10, f.reference).value();
      parts.merge(one).value();
    }
    const double expected = by_definition({"A", "B"}, files, 1.0, 10, options);
    CHECK(expected > 0);
    CHECK(whole.result().value == Approx(expected).margin(1e-9));
    CHECK(parts.result().value == whole.result().value);
  }
}

TEST_CASE("psds: thresholds of doubles that are one float") {
  psds_of<double> metric({"A"});
  const std::vector<double> x{0.5, 0.1, 0.5 + 1e-12};  // the false alarm scores less
  metric.add(x, 1.0, 36, events{{2, 3, "A"}}).value();
  CHECK(metric.result().value == 1);
}

TEST_CASE("psds: a class without events, an event of length zero, equal scores throughout") {
  psds two({"A", "B"});
  two.add(floats{.9f, .1f, .1f, .1f}, 1.0, 60, events{{0, 1, "A"}}).value();
  CHECK(two.result().classes[1].value == 0);
  CHECK(two.result().value == 0);  // mean 0.5, deviation 0.5
  psds dot({"A"});
  dot.add(floats{.9f, .1f}, 1.0, 60, events{{1, 1, "A"}}).value();
  CHECK(dot.result().value == Approx(0.4));  // the detection is a false alarm: 60 per hour
  psds flat({"A"});
  flat.add(floats{.5f, .5f, .5f}, 1.0, 60, events{{0, 3, "A"}}).value();
  CHECK(flat.result().value == 1);
}

TEST_CASE("psds: nothing added, no frames, no classes") {
  psds metric({"A"});
  CHECK(std::isnan(metric.result().value));
  metric.add(floats{}, std::vector<double>{}, 10, events{{0, 1, "A"}}).value();
  CHECK(metric.result().value == 0);
  psds none({});
  none.add(floats{}, 1.0, 10, {}).value();
  CHECK(std::isnan(none.result().value));
}

TEST_CASE("psds: an error adds nothing") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  psds metric({"A", "B"});
  const events good{{0, 1, "A"}};
  CHECK_THROWS_WITH(metric.add(floats{.1f, .2f, .3f, std::nanf("")}, 1.0, 2.0, good).value(),
                    "bad score: frame 1, B: expected a finite number, got nan");
  CHECK_FALSE(metric.add(floats{.1f, .2f, .3f}, 1.0, 2.0, good));
  for (double bad : {0.0, -1.0, nan, 1e300}) CHECK_FALSE(metric.add(floats{.1f, .2f}, bad, 2.0, good));
  for (double bad : {-1.0, nan, 1e10}) CHECK_FALSE(metric.add(floats{.1f, .2f}, 1.0, bad, good));
  CHECK_FALSE(metric.add(floats{.1f, .2f}, std::vector<double>{1, 1}, 2.0, good));
  CHECK_FALSE(metric.add(floats{.1f, .2f}, 1.0, 1.0, events{{0, 1, "X"}}));
  CHECK_FALSE(metric.add(floats{.1f, .2f}, 1.0, 1.0, events{{1, 0, "A"}}));
  CHECK(std::isnan(metric.result().value));
  CHECK_FALSE(psds({"A", "A"}).add(floats{.1f, .2f}, 1.0, 1.0, good));
  for (const psds_options& bad :
       {psds_options{.alpha_ct = -1}, {.alpha_st = nan}, {.max_efpr = 0}, {.criteria = {.detection = 2}}})
    CHECK_FALSE(psds({"A"}, bad).add(floats{.1f}, 1.0, 1.0, good));
}

TEST_CASE("psds: scores that rise and fall over a long recording take one pass") {
  constexpr std::size_t n = 400000;
  floats ramp(n);
  for (std::size_t k = 0; k < n; ++k) ramp[k] = static_cast<float>(k < n / 2 ? k : n - k);
  const auto begin = std::chrono::steady_clock::now();
  psds metric({"A", "B"}, psds_scenario_2);
  floats both;
  for (float s : ramp) both.insert(both.end(), {s, -s});
  metric.add(both, 0.02, 0.02 * n, events{{10, 5000, "A"}, {20, 5000, "B"}}).value();
  CHECK(metric.result().classes[0].value == 1);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
}

}  // namespace psds_test
