#include <auris/audio/presets.hpp>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("presets: every name is found and valid") {
  for (const named_preset& p : presets) {
    INFO(p.name);
    CHECK(find_preset(p.name).value().check());
    CHECK(find_preset(p.name).value().fft == p.options.fft);
  }
}

TEST_CASE("presets: the parameters of the papers") {
  const auto maestro = find_preset("maestro_mel").value(), panns = find_preset("panns_log_mel").value();
  CHECK(maestro.rate == 44100);
  CHECK(maestro.fft * 5 == 2 * maestro.rate);  // 400 ms
  CHECK(maestro.hop * 5 == maestro.rate);      // 200 ms
  CHECK(maestro.logarithm.scale == 0);
  CHECK(find_preset("maestro_log_mel").value().logarithm.scale == op::logarithm::decibel);
  CHECK(panns.hop * 100 == panns.rate);  // 10 ms
  const auto kong = find_preset("kong_log_mel").value();
  CHECK(1 + (10 * kong.rate - kong.fft) / kong.hop == 311);
}

TEST_CASE("presets: an unknown name is answered with the known ones") {
  CHECK(find_preset("mel").error().text() ==
        "no such front-end: expected maestro_mel, maestro_log_mel, maestro_mfcc, maestro_mfcc_40, maestro_lfcc, "
        "maestro_cqt, panns_log_mel, dcasenet_log_mel, kong_log_mel, got 'mel'");
  CHECK_FALSE(find_preset(""));
}
