#include <auris/data/mixer.hpp>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("mixer: levels, coverage and local SNR of events in a flat background") {
  mixer mix(3, 100, 2);
  mix.lay(std::vector<float>(300, -7.0f));
  CHECK(mix.add(std::vector<float>(150, 3.0f), 50, 0, 20));  // half of the first second, all of the second
  CHECK(mix.add(std::vector<float>(100, 1.0f), 250, 1, 0));  // half of it lies outside
  const auto heard = mix.heard();
  CHECK(heard[0][0].coverage == 0.5);
  CHECK(heard[0][0].snr == Approx(20).epsilon(1e-5));
  CHECK(heard[0][1].coverage == 1);
  CHECK(heard[0][1].snr == Approx(20).epsilon(1e-5));
  CHECK(heard[0][2].coverage == 0);
  CHECK(heard[1][1].coverage == 0);
  CHECK(heard[1][2].coverage == 0.5);
  CHECK(heard[1][2].snr == Approx(0).margin(1e-5));
  const std::vector<float> x = std::move(mix).finish();
  CHECK(x[0] == Approx(-0.01f));
  CHECK(x[50] == Approx(-0.01f + 0.1f));
  CHECK(x[199] == Approx(-0.01f + 0.1f));
  CHECK(x[200] == Approx(-0.01f));
  CHECK(x[299] == Approx(0).margin(1e-8));
}

TEST_CASE("mixer: what else sounds in a second masks with a tenth of its power") {
  mixer mix(1, 100, 2);
  mix.lay(std::vector<float>(100, 1.0f));
  mix.add(std::vector<float>(100, 1.0f), 0, 0, 10);
  mix.add(std::vector<float>(100, 1.0f), 0, 1, 10);
  CHECK(mix.heard()[0][0].snr == Approx(10 * std::log10(10.0 / 2)).epsilon(1e-5));
}

TEST_CASE("mixer: silence, no samples, and sums that exceed 1") {
  mixer mix(1, 100, 1);
  mix.lay(std::vector<float>(100));
  CHECK_FALSE(mix.add(std::vector<float>(100), 0, 0, 10));
  CHECK_FALSE(mix.add({}, 0, 0, 10));
  CHECK_FALSE(std::isnan(mix.heard()[0][0].snr));
  CHECK(mix.add(std::vector<float>(50, 1.0f), -20, 0, 60));  // 0.01 * 1000 = 10
  CHECK(mix.heard()[0][0].coverage == 0.3);
  const std::vector<float> x = std::move(mix).finish();
  CHECK(x[0] == Approx(0.99));
  CHECK(x[29] == Approx(0.99));
  CHECK(x[30] == 0);
}
