#include <auris/optim/schedule.hpp>

#include <cmath>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("plateau_schedule: the best loss in epoch 1, nothing better after it") {
  plateau_schedule s{.rate = 1e-3};
  CHECK(s.epoch(0.5).improved);
  // Both counters stand at 1 after epoch 1. since_change reaches 46 in epoch 46, and 46 again 46 epochs later.
  for (int e = 2; e <= 90; ++e) {
    const auto v = s.epoch(0.6);
    CHECK_FALSE(v.improved);
    CHECK_FALSE(v.stop);
    CHECK(v.rate == (e < 46 ? 1e-3 : 1e-3 / 10));
  }
  const auto last = s.epoch(0.6);  // since_best = 91 > 90
  CHECK(last.stop);
  CHECK(s.epochs == 91);
  CHECK(s.best == 0.5);
}

TEST_CASE("plateau_schedule: an improvement sets both counters back, the rate stays") {
  plateau_schedule s{.rate = 1e-3};
  s.epoch(0.5);
  for (int e = 2; e <= 46; ++e) s.epoch(0.5);  // the same loss is no improvement
  CHECK(s.rate == 1e-3 / 10);
  CHECK((s.since_best == 46 && s.since_change == 0));
  CHECK(s.epoch(0.4).improved);
  CHECK((s.since_best == 1 && s.since_change == 1));
  for (int e = 48; e <= 91; ++e) CHECK(s.epoch(0.4).rate == 1e-3 / 10);
  CHECK(s.epoch(0.4).rate == 1e-3 / 10 / 10);
}

TEST_CASE("plateau_schedule: ends after 150 epochs at the latest") {
  plateau_schedule s;
  for (int e = 1; e < 150; ++e) CHECK_FALSE(s.epoch(1.0 / e).stop);
  CHECK(s.epoch(1.0 / 150).stop);
  CHECK(s.rate == 1e-3);
}

TEST_CASE("plateau_schedule: other constants; NaN is no improvement; a copy goes on alike") {
  plateau_schedule s{.options = {.rate_patience = 1, .stop_patience = 3, .divisor = 2}, .rate = 1};
  CHECK_FALSE(s.epoch(std::nan("")).improved);
  CHECK(s.epoch(1).improved);
  plateau_schedule copy = s;
  CHECK(s.epoch(1).rate == 0.5);
  CHECK(copy.epoch(1).rate == 0.5);
  CHECK_FALSE(copy.epoch(1).stop);
  CHECK(copy.epoch(1).stop);  // since_best = 4 > 3
}

TEST_CASE("cosine_restarts: falls to the least rate and begins again") {
  const cosine_restarts s;
  CHECK(s.at(0) == 1e-3);
  CHECK(s.at(20'000) == Approx((1e-3 + 1e-6) / 2));
  CHECK(s.at(39'999) == Approx(1e-6).epsilon(1e-2));
  CHECK(s.at(40'000) == 1e-3);
  CHECK(s.at(79'999) == s.at(39'999));
  const cosine_restarts every{.rate = 0.5, .least = 0.25, .period = 1};
  CHECK(every.at(7) == 0.5);
}
