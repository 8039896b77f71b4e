#include <algorithm>
#include <auris/audio/filter_bank.hpp>
#include <numeric>

#include "support/catch.hpp"

using namespace auris;

namespace {

struct check_value {
  int rate;
  idx fft, bands;
  double lowest, highest, sum, largest;
  idx start;  // of band 10
};

float first_weight(const filter_bank& bank, std::size_t band, std::size_t i) {
  return bank.weight[static_cast<std::size_t>(bank.offset[band]) + i];
}

}  // namespace

TEST_CASE("filter bank: area-normalised Slaney mels") {
  for (const check_value& v : {check_value{32000, 1024, 64, 50, 14000, 2.048126, 0.0181495, 19},
                               check_value{44100, 17640, 64, 50, 14000, 25.599898, 0.01849782, 236},
                               check_value{16000, 2048, 128, 0, 8000, 16.383912, 0.04266643, 30},
                               check_value{32000, 2048, 64, 50, 16000, 4.095967, 0.01773862, 40}}) {
    INFO(v.rate << " Hz, " << v.fft);
    const auto bank =
        make_filter_bank({v.rate, v.fft, v.bands, v.lowest, v.highest, mel_scale::slaney, true, band_axis::hertz})
            .value();
    CHECK(std::accumulate(bank.weight.begin(), bank.weight.end(), 0.0) == Approx(v.sum).epsilon(1e-6));
    CHECK(*std::max_element(bank.weight.begin(), bank.weight.end()) == Approx(v.largest).epsilon(1e-6));
    CHECK(bank.first[10] == v.start);
    REQUIRE(bank.bands() == v.bands);
    for (std::size_t b = 0; b < bank.first.size(); ++b) CHECK(bank.offset[b] < bank.offset[b + 1]);
    CHECK(*std::min_element(bank.weight.begin(), bank.weight.end()) > 0);
  }
}

TEST_CASE("filter bank: one band weight by weight") {
  const auto bank = make_filter_bank({32000, 1024, 64, 50, 14000, mel_scale::slaney, true, band_axis::hertz}).value();
  CHECK(bank.first[10] == 19);
  CHECK(bank.offset[11] - bank.offset[10] == 4);  // bins 19 to 22
  CHECK(first_weight(bank, 10, 0) == Approx(0.00133847).epsilon(1e-5));
  CHECK(first_weight(bank, 10, 1) == Approx(0.0120612).epsilon(1e-5));
  CHECK(first_weight(bank, 10, 2) == Approx(0.01426346).epsilon(1e-5));
}

TEST_CASE("filter bank: linear triangles can be checked in the head") {
  // bins every 10 Hz; edges at 0, 20, 40, 60
  const auto bank = make_filter_bank({160, 16, 2, 0, 60, mel_scale::linear, false, band_axis::hertz}).value();
  CHECK(bank.first == std::vector<idx>{1, 3});
  CHECK(bank.offset == std::vector<idx>{0, 3, 6});
  CHECK(bank.weight == std::vector<float>{0.5f, 1, 0.5f, 0.5f, 1, 0.5f});
}

TEST_CASE("filter bank: Kaldi's triangles are straight over the mel scale") {
  const auto bank = make_filter_bank({16000, 512, 3, 0, 8000, mel_scale::htk, false, band_axis::mel}).value();
  const double top = hertz_to_mel(8000, mel_scale::htk), step = top / 4;
  for (idx b = 0; b < 3; ++b)
    for (idx i = bank.offset[static_cast<std::size_t>(b)]; i < bank.offset[static_cast<std::size_t>(b) + 1]; ++i) {
      const idx k = bank.first[static_cast<std::size_t>(b)] + i - bank.offset[static_cast<std::size_t>(b)];
      const double m = hertz_to_mel(static_cast<double>(k) * 16000 / 512, mel_scale::htk);
      CHECK(bank.weight[static_cast<std::size_t>(i)] ==
            Approx(1 - std::abs(m - step * static_cast<double>(b + 1)) / step).margin(1e-6));
    }
  CHECK(bank.first[2] + bank.offset[3] - bank.offset[2] == 256);  // half the sampling rate has no weight
}

TEST_CASE("filter bank: bands narrower than a bin are empty, not out of bounds") {
  const auto bank = make_filter_bank({16000, 8, 40, 0, 8000, mel_scale::slaney, true, band_axis::hertz}).value();
  CHECK(bank.bands() == 40);
  bool empty = false;
  for (std::size_t b = 0; b < 40; ++b) {
    empty = empty || bank.offset[b] == bank.offset[b + 1];
    CHECK(bank.first[b] >= 0);
    CHECK(bank.first[b] + bank.offset[b + 1] - bank.offset[b] <= 5);
  }
  CHECK(empty);
}

TEST_CASE("filter bank: bad options are errors") {
  const auto make = [](int rate, idx fft, idx bands, double lowest, double highest) {
    return make_filter_bank({rate, fft, bands, lowest, highest});
  };
  CHECK_FALSE(make(0, 512, 10, 0, 100));
  CHECK_FALSE(make(16000, 0, 10, 0, 100));
  CHECK_FALSE(make(16000, 512, 0, 0, 100));
  CHECK_FALSE(make(16000, 512, 10, -1, 100));
  CHECK_FALSE(make(16000, 512, 10, 100, 100));
  CHECK_FALSE(make(16000, 512, 10, 0, std::nan("")));
  CHECK(make(16000, 512, 10, 50, 9000).error().text() ==
        "bad filter bank: expected 0 <= lowest < highest <= 8000 Hz, got 50 to 9000 Hz");
}
