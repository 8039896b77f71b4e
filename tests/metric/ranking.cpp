#include <algorithm>
#include <auris/core/random.hpp>
#include <auris/metric/ranking.hpp>
#include <chrono>

#include "support/catch.hpp"

namespace ranking_test {

using namespace auris;

using floats = std::vector<float>;
using doubles = std::vector<double>;
using bytes = std::vector<unsigned char>;

static const doubles scores{.9, .2, .4, .3, .6, .6, .3, .7, .1, .5, .1, .8};
static const bytes labels{1, 0, 0, 0, 1, 1, 1, 0, 1, 0, 0, 1};

static void check_example(const ranking_result& r) {
  const double auc[] = {0.625, 0.666667, 0.666667}, precision[] = {0.75, 0.5, 0.916667};
  REQUIRE(r.classes.size() == 3);
  for (std::size_t c = 0; c < 3; ++c) {
    CHECK(r.classes[c].roc_auc == Approx(auc[c]).margin(5e-7));
    CHECK(r.classes[c].average_precision == Approx(precision[c]).margin(5e-7));
  }
  CHECK(r.macro.roc_auc == Approx(0.652778).margin(5e-7));
  CHECK(r.micro.roc_auc == Approx(0.694444).margin(5e-7));
  CHECK(r.macro.average_precision == Approx(0.722222).margin(5e-7));
  CHECK(r.micro.average_precision == Approx(0.775926).margin(5e-7));
}

TEST_CASE("ranking: four samples, three classes") {
  ranking_of<double> metric(3);
  metric.add(scores, labels).value();
  check_example(metric.result());
  CHECK(metric.result().micro.positives == 6);
  CHECK(metric.result().micro.negatives == 6);
}

TEST_CASE("ranking: equal scores count half, and together") {
  ranking metric(1);
  metric.add(floats{.5f, .5f, .5f, .1f}, bytes{1, 0, 1, 0}).value();
  CHECK(metric.result().macro.roc_auc == Approx(0.75));
  CHECK(metric.result().macro.average_precision == Approx(0.666667).margin(5e-7));
  ranking zeros(1);
  zeros.add(floats{-0.0f, 0.0f}, bytes{1, 0}).value();
  CHECK(zeros.result().macro.roc_auc == 0.5);
}

TEST_CASE("ranking: infinities are scores, NaN is none") {
  ranking metric(1);
  const float infinity = std::numeric_limits<float>::infinity();
  metric.add(floats{infinity, -infinity, 0}, bytes{1, 0, 0}).value();
  CHECK(metric.result().macro.roc_auc == 1);
  CHECK_THROWS_WITH(metric.add(floats{0, std::nanf("")}, bytes{1, 0}).value(),
                    "bad score: sample 1, class 0: expected a number, got nan");
  CHECK(metric.result().micro.negatives == 2);
}

TEST_CASE("ranking: merged accumulators equal one") {
  ranking_of<double> a(3), b(3);
  a.add(std::span(scores).first(3), std::span(labels).first(3)).value();
  b.add(std::span(scores).subspan(3), std::span(labels).subspan(3)).value();
  b.merge(a).value();
  check_example(b.result());
  b.merge(b).value();  // everything twice: the same scores
  check_example(b.result());
  CHECK_FALSE(a.merge(ranking_of<double>(2)));
}

TEST_CASE("ranking: classes with one kind of label are undefined and in no mean") {
  ranking metric(3);
  metric.add(floats{.9f, .1f, .5f, .2f, .8f, .5f}, bytes{1, 0, 1, 0, 0, 1}).value();
  const ranking_result r = metric.result();
  CHECK(std::isnan(r.classes[1].roc_auc));
  CHECK(std::isnan(r.classes[1].average_precision));
  CHECK(std::isnan(r.classes[2].roc_auc));
  CHECK(r.classes[2].average_precision == 1);
  CHECK(r.macro.roc_auc == 1);
  CHECK(r.macro.average_precision == 1);
}

TEST_CASE("ranking: nothing added, no classes") {
  CHECK(std::isnan(ranking(2).result().macro.roc_auc));
  CHECK(std::isnan(ranking(2).result().micro.average_precision));
  ranking none(0);
  none.add(floats{}, bytes{}).value();
  CHECK(std::isnan(none.result().micro.roc_auc));
  CHECK_FALSE(none.add(floats{1}, bytes{1}));
}

TEST_CASE("ranking: an error adds nothing") {
  ranking metric(2);
  CHECK_FALSE(metric.add(floats{1, 2, 3}, bytes{1, 0, 1}));
  CHECK_FALSE(metric.add(floats{1, 2}, bytes{1}));
  CHECK_FALSE(metric.add(floats{1, 2}, bytes{1, 2}));
  CHECK(metric.result().micro.positives == 0);
}

TEST_CASE("ranking: many samples, sorted by digits, equal comparing all pairs") {
  random_sequence random(7);
  for (const bool coarse : {false, true}) {
    doubles x(6000);
    bytes y(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      x[i] = random.uniform() * 4 - 2;
      if (coarse) x[i] = std::round(x[i] * 20) / 20;
      y[i] = random.uniform() < 0.4;
    }
    double pairs = 0, better = 0;
    for (std::size_t p = 0; p < x.size(); ++p)
      for (std::size_t n = 0; y[p] && n < x.size(); ++n)
        if (!y[n]) ++pairs, better += x[p] > x[n] ? 1 : x[p] == x[n] ? 0.5 : 0;
    ranking_of<double> metric(1);
    metric.add(x, y).value();
    CHECK(metric.result().macro.roc_auc == Approx(better / pairs).epsilon(1e-12));
    doubles sorted = x;
    detail::sort_descending(sorted);
    std::sort(x.begin(), x.end(), std::greater<>());
    CHECK(sorted == x);
    floats f(x.rbegin(), x.rend()), g = f;
    detail::sort_descending(f);
    std::sort(g.begin(), g.end(), std::greater<>());
    CHECK(f == g);
  }
}

}  // namespace ranking_test
