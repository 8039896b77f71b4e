#include <auris/metric/lwlrap.hpp>

#include "support/catch.hpp"

namespace lwlrap_test {

using namespace auris;

using doubles = std::vector<double>;
using bytes = std::vector<unsigned char>;

static const doubles scores{.9, .2, .4, .3, .6, .6, .3, .7, .1, .5, .1, .8};
static const bytes labels{1, 0, 0, 0, 1, 1, 1, 0, 1, 0, 0, 1};

static void add(lwlrap& metric, std::span<const double> x, std::span<const unsigned char> y) {
  metric.add(x, y).value();
}

static void check_example(const lwlrap_result& r) {
  CHECK(r.value == Approx(0.861111).margin(5e-7));
  const double values[] = {0.75, 1.0, 0.888889}, weights[] = {1 / 3.0, 1 / 6.0, 1 / 2.0};
  REQUIRE(r.classes.size() == 3);
  for (std::size_t c = 0; c < 3; ++c) {
    CHECK(r.classes[c] == Approx(values[c]).margin(5e-7));
    CHECK(r.weights[c] == Approx(weights[c]));
  }
}

TEST_CASE("lwlrap: four samples, three classes") {
  lwlrap metric(3);
  add(metric, scores, labels);
  check_example(metric.result());
}

TEST_CASE("lwlrap: merged accumulators equal one") {
  lwlrap a(3), b(3);
  add(a, std::span(scores).first(6), std::span(labels).first(6));
  add(b, std::span(scores).subspan(6), std::span(labels).subspan(6));
  a.merge(b).value();
  check_example(a.result());
  CHECK_FALSE(a.merge(lwlrap(2)));
}

TEST_CASE("lwlrap: of equal scores the higher class comes first") {
  lwlrap metric(2);
  add(metric, doubles{.5, .5}, bytes{0, 1});
  CHECK(metric.result().value == 1);
  add(metric, doubles{.5, .5}, bytes{1, 0});
  CHECK(metric.result().classes[0] == 0.5);
}

TEST_CASE("lwlrap: nothing, no true labels, no classes") {
  lwlrap metric(2);
  CHECK(std::isnan(metric.result().value));
  add(metric, doubles{.1, .2}, bytes{0, 0});
  CHECK(std::isnan(metric.result().value));
  CHECK(std::isnan(metric.result().classes[0]));
  CHECK(metric.result().weights == doubles{0, 0});
  lwlrap none(0);
  add(none, {}, {});
  CHECK(std::isnan(none.result().value));
}

TEST_CASE("lwlrap: an error adds nothing") {
  lwlrap metric(2);
  const bytes one{1, 0}, bad{2, 0};
  const std::span<const double> three(scores.data(), 3), two(scores.data(), 2);
  const doubles nan{std::nan(""), 1};
  CHECK_FALSE(metric.add(three, one));
  CHECK_FALSE(metric.add(two, bad));
  CHECK_FALSE(metric.add(std::span<const double>(nan), one));
  CHECK(std::isnan(metric.result().value));
}

}  // namespace lwlrap_test
