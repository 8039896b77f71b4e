#include <auris/audio/constant_q.hpp>
#include <auris/audio/front_end.hpp>
#include <auris/audio/front_end_stream.hpp>
#include <auris/audio/presets.hpp>
#include <auris/backend/cpu.hpp>
#include <string_view>

#include "audio/signals.hpp"
#include "support/catch.hpp"

using namespace auris;

TEST_CASE("constant-Q bank: lengths and places") {
  const constant_q_options o{.rate = 44100, .bands = 64, .per_octave = 8, .lowest = 50};
  CHECK(o.q() == Approx(11.5704).margin(1e-4));
  CHECK(o.centre(63) == Approx(11737.65).margin(1e-2));
  const auto k = make_constant_q(o).value();
  CHECK(k.bands() == 64);
  CHECK(k.offset[1] == 10205);
  CHECK(k.offset[64] - k.offset[63] == 43);
  CHECK(k.length == 10206);
  CHECK(static_cast<idx>(k.weight.size()) == 2 * k.weights());
  for (std::size_t b = 0; b < 64; ++b) {
    CHECK(k.first[b] >= 0);
    CHECK(k.first[b] + k.offset[b + 1] - k.offset[b] <= k.length);
  }
}

TEST_CASE("constant-Q bank: a tone at a band's centre gives half the root of the band's length") {
  const constant_q_options o{.rate = 8000, .bands = 24, .per_octave = 12, .lowest = 200};
  front_end_options f{.rate = o.rate,
                      .transform = transform_kind::constant_q,
                      .hop = 100,
                      .spectrum = spectrum_kind::magnitude,
                      .bands = o.bands,
                      .per_octave = o.per_octave,
                      .lowest = o.lowest,
                      .logarithm = compression::none()};
  const idx band = 13;
  std::vector<float> tone(8000);
  for (std::size_t n = 0; n < tone.size(); ++n)
    tone[n] = static_cast<float>(std::cos(2 * std::numbers::pi * o.centre(band) * static_cast<double>(n) / o.rate));
  const features y = front_end<cpu>::create(f).value().run(tone).value();
  const double expected = std::sqrt(o.length(band)) / 2;
  CHECK(y.frame(40)[band] == Approx(expected).epsilon(1e-3));
  CHECK(y.frame(40)[band - 4] < 0.01 * expected);
  f.spectrum = spectrum_kind::power;
  f.logarithm = compression::decibel();
  const features db = front_end<cpu>::create(f).value().run(tone).value();
  CHECK(db.frame(40)[band] == Approx(20 * std::log10(expected)).margin(0.01));
  f.coefficients = 5;
  CHECK(front_end<cpu>::create(f).value().run(tone).value().bands == 5);
}

TEST_CASE("constant-Q front-end: chunks give the bits of the whole sound") {
  front_end_options o = preset::maestro_cqt;
  o.rate = 4000, o.bands = 30, o.hop = 130;
  for (const auto padding : {padding_kind::none, padding_kind::zero, padding_kind::reflect}) {
    o.padding = padding;
    const auto f = front_end<cpu>::create(o).value();
    const std::vector<float> x = golden_signal(o.rate, 2);
    const features whole = f.run(x).value();
    REQUIRE(whole.frames == f.frames(8000));
    for (const std::size_t chunk : {std::size_t{1000}, std::size_t{77}}) {
      front_end_stream<cpu> stream(f);
      std::vector<float> pieces;
      for (std::size_t i = 0; i < x.size(); i += chunk) {
        const auto now = stream.push(std::span(x).subspan(i, std::min(chunk, x.size() - i))).value();
        pieces.insert(pieces.end(), now.values.begin(), now.values.end());
      }
      const auto rest = stream.finish().value();
      pieces.insert(pieces.end(), rest.values.begin(), rest.values.end());
      CHECK(pieces == whole.values);
    }
  }
}

TEST_CASE("constant-Q front-end: silence is the floor, one sample is a frame") {
  const auto f = front_end<cpu>::create(preset::maestro_cqt).value();
  CHECK(f.frame() == 10206);
  const features y = f.run(std::vector<float>(1)).value();
  REQUIRE(y.frames == 1);
  for (const float v : y.values) CHECK(v == Approx(-100));
  CHECK_FALSE(f.run({}));
}

TEST_CASE("constant-Q bank: options out of range are errors") {
  const auto make = [](int rate, idx bands, idx per_octave, double lowest) {
    return make_constant_q({rate, bands, per_octave, lowest});
  };
  CHECK(make(8000, 1, 1, 4000));
  CHECK_FALSE(make(0, 1, 1, 100));
  CHECK_FALSE(make(8000, 0, 1, 100));
  CHECK_FALSE(make(8000, 1, 0, 100));
  CHECK_FALSE(make(8000, 1, 1, 0));
  CHECK_FALSE(make(8000, 1, 1, NAN));
  CHECK_FALSE(make(8000, 2, 1, 4000));
  CHECK(std::string_view(make(8000, 1, 12, 0.01).error().text().c_str())
            .starts_with("the first band of the constant-Q transform is too long: expected at most 1048576 samples"));
  front_end_options o = preset::maestro_cqt;
  o.lowest = -1;
  CHECK_FALSE(front_end<cpu>::create(o));
}
