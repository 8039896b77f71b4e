#include <auris/audio/resample.hpp>
#include <cmath>
#include <numbers>

#include "audio/golden.hpp"
#include "audio/signals.hpp"
#include "support/catch.hpp"

using namespace auris;

TEST_CASE("resample: golden values of four pairs of rates") {
  const std::vector<float> x = noise(2000, 1234);
  const auto outputs = golden("resample.json").at("outputs");
  CHECK(outputs.size() == 4);
  for (const auto& [rates, wanted] : outputs.items()) {
    INFO(rates);
    const auto y = resample(x, std::stoi(rates), std::stoi(rates.substr(rates.find('_') + 1))).value();
    REQUIRE(y.size() == wanted.at("length").get<std::size_t>());
    const auto compare = [&](const std::vector<double>& part, std::size_t from) {
      for (std::size_t i = 0; i < part.size(); ++i) CHECK(y[from + i] == Approx(part[i]).margin(1e-5));
    };
    const std::vector<double> first = wanted.at("first"), mid = wanted.at("mid"), last = wanted.at("last");
    compare(first, 0);
    compare(mid, y.size() / 2);
    compare(last, y.size() - last.size());
  }
}

TEST_CASE("resample: a tone keeps its pitch and its height") {
  std::vector<float> x(44100);
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] = static_cast<float>(std::sin(2 * std::numbers::pi * 1000 * static_cast<double>(i) / 44100));
  const auto y = resample(x, 44100, 32000).value();
  REQUIRE(y.size() == 32000);
  for (std::size_t i = 100; i < 31900; i += 100)
    CHECK(y[i] == Approx(std::sin(2 * std::numbers::pi * 1000 * static_cast<double>(i) / 32000)).margin(2e-3));
}

TEST_CASE("resample: lengths") {
  const auto r = resampler::create(44100, 24000).value();
  CHECK(r.length(147) == 80);
  CHECK(r.length(148) == 81);
  CHECK(r.length(0) == 0);
  CHECK(r.run({}).value().empty());
  CHECK(resample(std::vector<float>{0.25f}, 1, 7).value().size() == 7);
  CHECK(resample(std::vector<float>{1, 2, 3}, 8000, 8000).value() == std::vector<float>{1, 2, 3});
}

TEST_CASE("resample: any pair of rates within the limits is affordable") {
  CHECK(resample(std::vector<float>(50), 1'000'000, 999'999).value().size() == 50);
  CHECK(resample(std::vector<float>(50), 1'000'000, 1).value().size() == 1);
  CHECK(resample(std::vector<float>(2), 1, 1'000'000).value().size() == 2'000'000);
}

TEST_CASE("resample: bad rates are errors") {
  const std::vector<float> x(10);
  CHECK_FALSE(resample(x, 0, 8000));
  CHECK_FALSE(resample(x, 8000, -1));
  CHECK(resample(x, 8000, 2'000'000).error().text() ==
        "bad sampling rate: resample: expected 1 to 1000000 Hz, got 2000000 Hz");
  CHECK_FALSE(resample(std::vector<float>(3000), 1, 1'000'000));  // 3e9 samples
}
