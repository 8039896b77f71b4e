#include <auris/audio/mel.hpp>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("mel: the Slaney scale") {
  CHECK(hertz_to_mel(50, mel_scale::slaney) == Approx(0.75).epsilon(1e-12));
  CHECK(hertz_to_mel(14000, mel_scale::slaney) == Approx(53.38529604).epsilon(1e-9));
  CHECK(hertz_to_mel(16000, mel_scale::slaney) == Approx(55.32752063).epsilon(1e-9));
  CHECK(hertz_to_mel(8000, mel_scale::slaney) == Approx(45.24564047).epsilon(1e-9));
}

TEST_CASE("mel: the HTK scale") {
  CHECK(hertz_to_mel(700, mel_scale::htk) == Approx(781.1728).epsilon(1e-6));            // 2595 log10 2
  CHECK(hertz_to_mel(700, mel_scale::htk) == Approx(1127 * std::log(2)).epsilon(1e-4));  // Kaldi's constant
}

TEST_CASE("mel: the way back") {
  for (mel_scale scale : {mel_scale::slaney, mel_scale::htk, mel_scale::linear})
    for (double f : {0.0, 50.0, 999.0, 1000.0, 1001.0, 22050.0})
      CHECK(mel_to_hertz(hertz_to_mel(f, scale), scale) == Approx(f).margin(1e-9));
}
