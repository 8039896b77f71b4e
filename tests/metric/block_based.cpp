#include <auris/metric/block_based.hpp>

#include "support/catch.hpp"

namespace block_based_test {

using namespace auris;

using bytes = std::vector<unsigned char>;

static const bytes found{1, 0, 1, 0, 0, 1, 0, 0, 1, 1, 0, 1}, truth{1, 0, 0, 0, 0, 1, 1, 0, 1, 0, 0, 1};

static block_based_result of(const bytes& reference, const bytes& estimated, block_based_options options) {
  block_based metric(2, options);
  metric.add(reference, estimated).value();
  return metric.result();
}

TEST_CASE("block based: blocks of three rows, of which the last is dropped") {
  const block_based_result r = of(truth, found, {.block = 3});
  CHECK(r.error_rate == 0.5);
  CHECK(r.f1 == Approx(0.799999992).epsilon(1e-12).margin(5e-10));
}

TEST_CASE("block based: frames") {
  const block_based_result r = of(truth, found, {.block = 1});
  CHECK(r.f1 == Approx(0.727272721).margin(5e-10));
  CHECK(r.error_rate == Approx(0.6));
}

TEST_CASE("block based: F1 counts an incomplete last block, the error rate does not") {
  const bytes none{0, 0, 0, 0}, last{0, 0, 0, 0, 1, 0};
  CHECK(of(bytes{0, 0, 0, 0, 1, 0}, bytes{0, 0, 0, 0, 1, 0}, {.block = 2}).f1 == Approx(1));
  CHECK(std::isnan(of(last, last, {.block = 2}).error_rate));
  CHECK(of(last, last, {.block = 3}).f1 == 0);  // row 2 is the one that is dropped
  CHECK(of(last, last, {.block = 3, .drop_last_row = false}).error_rate == 0);
  CHECK(of(none, none, {.block = 2}).f1 == 0);
}

TEST_CASE("block based: merged accumulators equal one of whole blocks") {
  block_based a(2, {.block = 3}), b(2, {.block = 3});
  a.add(std::span(truth).first(6), std::span(found).first(6)).value();
  b.add(std::span(truth).subspan(6), std::span(found).subspan(6)).value();
  a.merge(b).value();
  CHECK(a.result().error_rate == 0.5);
  CHECK(a.result().f1 == of(truth, found, {.block = 3}).f1);
  CHECK_FALSE(a.merge(block_based(2, {.block = 2})));
  CHECK_FALSE(a.merge(block_based(3, {.block = 3})));
}

TEST_CASE("block based: nothing, and an error adds nothing") {
  block_based metric(2);
  CHECK(metric.result().f1 == 0);
  CHECK(std::isnan(metric.result().error_rate));
  metric.add({}, {}).value();
  CHECK_FALSE(metric.add(bytes{1, 0}, bytes{1}));
  CHECK_FALSE(metric.add(bytes{1}, bytes{1}));
  CHECK_FALSE(metric.add(bytes{1, 2}, bytes{1, 0}));
  CHECK_FALSE(block_based(2, {.block = 0}).add(bytes{1, 0}, bytes{1, 0}));
  CHECK_FALSE(block_based(0).add({}, {}));
  CHECK(metric.result().recall == 0);
}

}  // namespace block_based_test
