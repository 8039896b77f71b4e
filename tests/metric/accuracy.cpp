#include <auris/metric/accuracy.hpp>

#include "support/catch.hpp"

namespace accuracy_test {

using namespace auris;

using floats = std::vector<float>;

TEST_CASE("argmax: the lowest index on ties") {
  CHECK(argmax(std::span<const float>(floats{.1f, .7f, .7f})) == 1);
  CHECK(argmax(std::span<const float>(floats{0, 0})) == 0);
  CHECK(argmax(std::span<const float>()) == -1);
}

TEST_CASE("accuracy: correct items of all") {
  accuracy metric(2);
  metric.add(floats{.9f, .1f, .5f, .5f, .2f, .8f, .6f, .4f}, std::vector<int>{0, 1, 1, 0}).value();
  CHECK(metric.result().correct == 3);  // the tie goes to class 0
  CHECK(metric.result().total == 4);
  CHECK(metric.result().value == 0.75);
}

TEST_CASE("accuracy: the scores of crops are averaged") {
  accuracy metric(3);
  metric.add(floats{.5f, .3f, .2f, .1f, .8f, .1f}, 1).value();  // means .3, .55, .15
  metric.add(floats{.5f, .3f, .2f, .4f, .3f, .3f}, 1).value();  // means .45, .3, .25
  metric.add(floats{.2f, .4f, .4f}, 1).value();
  CHECK(metric.result().correct == 2);
  CHECK(metric.result().total == 3);
}

TEST_CASE("accuracy: merged accumulators equal one") {
  accuracy a(2), b(2);
  a.add(floats{1, 0}, 0).value();
  b.add(floats{1, 0}, 1).value();
  a.merge(b).value();
  CHECK(a.result().value == 0.5);
  CHECK_FALSE(a.merge(accuracy(3)));
}

TEST_CASE("accuracy: nothing added, and errors that add nothing") {
  accuracy metric(2);
  CHECK(std::isnan(metric.result().value));
  CHECK_FALSE(metric.add(floats{1, std::numeric_limits<float>::quiet_NaN()}, 0));
  CHECK_FALSE(metric.add(floats{1, 0}, 2));
  CHECK_FALSE(metric.add(floats{1, 0}, -1));
  CHECK_FALSE(metric.add(floats{1, 0, 0}, 0));
  CHECK_FALSE(metric.add(floats{}, 0));
  CHECK_FALSE(metric.add(floats{1, 0, 1, 0}, std::vector<int>{0}));
  CHECK_FALSE(metric.add(floats{1, 0, 1, 0}, std::vector<int>{0, 2}));
  CHECK_FALSE(accuracy(0).add(floats{1}, 0));
  CHECK_FALSE(accuracy(-1).add(floats{1}, std::vector<int>{0}));
  metric.add(floats{}, std::vector<int>{}).value();
  CHECK(metric.result().total == 0);
}

}  // namespace accuracy_test
