#include <auris/audio/front_end.hpp>
#include <auris/audio/gain_response.hpp>
#include <auris/audio/presets.hpp>
#include <auris/backend/cpu.hpp>

#include "audio/signals.hpp"
#include "support/catch.hpp"

using namespace auris;

TEST_CASE("gain response: what a louder sound adds to the features") {
  front_end_options natural = preset::panns_log_mel;
  natural.logarithm = compression::natural(0, 1e-10);
  front_end_options magnitude = natural;
  magnitude.spectrum = spectrum_kind::magnitude;
  front_end_options cepstra = natural;
  cepstra.coefficients = 13;
  constexpr double decibels = 6;
  for (const front_end_options& o : {preset::panns_log_mel, preset::maestro_mfcc, preset::maestro_lfcc,
                                     preset::maestro_cqt, natural, magnitude, cepstra}) {
    const auto f = front_end<cpu>::create(o).value();
    const std::vector<float> x = golden_signal(o.rate, 1);
    std::vector<float> louder = x;
    for (float& v : louder) v *= static_cast<float>(std::pow(10, decibels / 20));
    const features before = f.run(x).value(), after = f.run(louder).value();
    const auto response = gain_response(o).value();
    REQUIRE(static_cast<idx>(response.size()) == before.bands);
    for (idx b = 0; b < before.bands; ++b)
      CHECK(after.frame(3)[b] - before.frame(3)[b] ==
            Approx(decibels * static_cast<double>(response[static_cast<std::size_t>(b)])).margin(2e-3));
  }
}

TEST_CASE("gain response: standardised features, and what has none") {
  front_end_options o = preset::panns_log_mel;
  o.bands = 2;
  CHECK(gain_response(o, std::vector<double>{2, 4}).value() == std::vector<float>{0.5f, 0.25f});
  CHECK_FALSE(gain_response(o, std::vector<double>{2}));
  CHECK_FALSE(gain_response(o, std::vector<double>{2, 0}));
  CHECK_FALSE(gain_response(preset::maestro_mel));
  o.bands = 0;
  CHECK_FALSE(gain_response(o));
}
