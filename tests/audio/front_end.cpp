#include <auris/audio/front_end.hpp>
#include <auris/audio/presets.hpp>
#include <auris/backend/cpu.hpp>
#include <auris/backend/reference.hpp>
#include <limits>

#include "audio/executors.hpp"
#include "audio/golden.hpp"
#include "audio/signals.hpp"
#include "support/catch.hpp"

using namespace auris;

namespace {

/// Compares with a golden record: values within `absolute` or `relative`, mean and deviation within `absolute`.
void compare(const features& f, const char* name, double absolute, double relative) {
  const auto wanted = golden("frontends.json").at("features").at(name);
  INFO(name);
  REQUIRE(f.frames == wanted.at("shape_frames_x_bins")[0].get<idx>());
  REQUIRE(f.bands == wanted.at("shape_frames_x_bins")[1].get<idx>());
  const std::vector<idx> rows = wanted.at("rows"), cols = wanted.at("cols");
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < cols.size(); ++j) {
      INFO("frame " << rows[i] << ", band " << cols[j]);
      CHECK(f.frame(rows[i])[cols[j]] ==
            Approx(wanted.at("values")[i][j].get<double>()).margin(absolute).epsilon(relative));
    }
  double sum = 0, squares = 0;
  const double count = static_cast<double>(f.values.size());
  for (float v : f.values) sum += v;
  for (float v : f.values) squares += (v - sum / count) * (v - sum / count);
  CHECK(sum / count == Approx(wanted.at("mean").get<double>()).margin(absolute).epsilon(relative));
  CHECK(std::sqrt(squares / count) == Approx(wanted.at("std").get<double>()).margin(absolute).epsilon(relative));
}

template <class Backend = cpu>
features make(const front_end_options& o, int seconds) {
  return front_end<Backend>::create(o).value().run(golden_signal(o.rate, seconds)).value();
}

result<features> run(const front_end_options& o, const std::vector<float>& x) {
  return front_end<cpu>::create(o).value().run(x);
}

constexpr front_end_options small{.rate = 8000, .fft = 64, .hop = 16, .bands = 8, .highest = 4000};

}  // namespace

TEST_CASE("front-end: mel-band magnitudes of the MAESTRO baseline") {
  front_end_options o = preset::maestro_mel;
  compare(make(o, 3), "maestro_mbe_44k1_zero", 0, 1e-4);
  o.padding = padding_kind::reflect;
  compare(make(o, 3), "maestro_mbe_44k1_reflect", 0, 1e-4);
}

TEST_CASE("front-end: log-mel of MAESTRO, and its cepstra") {
  front_end_options o = preset::maestro_log_mel;
  compare(make(o, 3), "logmel64_44k1", 1e-3, 0);
  o.coefficients = 64;
  compare(make(o, 3), "mfcc64_44k1", 1e-3, 0);
  o.scale = mel_scale::linear;
  o.area_normalised = false;
  compare(make(o, 3), "lfcc64_44k1", 1e-3, 0);
}

TEMPLATE_TEST_CASE("front-end: log-mel of PANNs", "", reference, cpu) {
  compare(make<TestType>(preset::panns_log_mel, 1), "panns_logmel_32k", 1e-3, 0);
}

TEST_CASE("front-end: cepstra on the frames of PANNs") {
  front_end_options o = preset::panns_log_mel;
  o.coefficients = 64;
  compare(make(o, 1), "mfcc64_32k", 1e-3, 0);
  o.scale = mel_scale::linear;
  o.area_normalised = false;
  compare(make(o, 1), "lfcc64_32k", 1e-3, 0);
}

TEST_CASE("front-end: fewer coefficients are the first ones") {
  front_end_options o = small;
  o.coefficients = 8;
  const auto all = run(o, noise(100, 1)).value();
  o.coefficients = 3;
  const auto some = run(o, noise(100, 1)).value();
  REQUIRE(some.bands == 3);
  for (idx t = 0; t < all.frames; ++t) CHECK(std::equal(some.frame(t), some.frame(t) + 3, all.frame(t)));
}

TEST_CASE("front-end: no padding, symmetric window of unit energy, natural logarithm") {
  compare(make({.rate = 32000,
                .fft = 2048,
                .window = window_kind::hamming,
                .symmetry = window_symmetry::symmetric,
                .unit_energy = true,
                .hop = 1024,
                .padding = padding_kind::none,
                .spectrum = spectrum_kind::magnitude,
                .bands = 64,
                .lowest = 50,
                .highest = 16000,
                .logarithm = compression::natural(1e-8)},
               1),
          "kong_logmel_32k", 1e-3, 0);
}

TEST_CASE("front-end: pre-emphasis, short window, HTK mels without normalisation") {
  compare(make({.rate = 24000,
                .pre_emphasis = 0.97,
                .fft = 2048,
                .window_length = 960,
                .window = window_kind::hamming,
                .hop = 480,
                .padding = padding_kind::reflect,
                .bands = 128,
                .lowest = 0,
                .highest = 12000,
                .scale = mel_scale::htk,
                .area_normalised = false,
                .logarithm = compression::natural(0, 1e-7)},
               1),
          "dcasenet_logmel_24k_raw", 1e-3, 0);
}

TEST_CASE("front-end: Kaldi mels") {
  auto f = make({.rate = 32000,
                 .pre_emphasis = 0.97,
                 .fft = 1024,
                 .window_length = 800,
                 .symmetry = window_symmetry::symmetric,
                 .hop = 320,
                 .padding = padding_kind::reflect,
                 .bands = 128,
                 .lowest = 0,
                 .highest = 15000,
                 .scale = mel_scale::htk,
                 .area_normalised = false,
                 .axis = band_axis::mel,
                 .logarithm = compression::natural(1e-5)},
                1);
  for (float& v : f.values) v = (v + 4.5f) / 5;
  compare(f, "passt_mel_32k", 1e-3, 0);
}

TEST_CASE("front-end: decibels of amplitude") {
  front_end_options o{.rate = 16000,
                      .fft = 2048,
                      .hop = 384,
                      .bands = 128,
                      .lowest = 0,
                      .highest = 8000,
                      .logarithm = compression::amplitude_decibel()};
  compare(make(o, 2), "vae_mel_16k", 1e-3, 0);
  o.window = window_kind::hamming;
  o.symmetry = window_symmetry::symmetric;
  o.hop = 256;
  o.padding = padding_kind::reflect;
  o.spectrum = spectrum_kind::magnitude;
  o.scale = mel_scale::htk;
  o.area_normalised = false;
  compare(make(o, 2), "desed_mel_16k", 1e-3, 0);
}

TEST_CASE("front-end: frames of a number of samples") {
  const auto frames = [](const front_end_options& o, idx samples) {
    return front_end<cpu>::create(o).value().frames(samples);
  };
  CHECK(frames(preset::maestro_mel, 300 * 44100) == 1501);
  CHECK(frames(preset::maestro_mel, 40 * 44100) == 201);
  CHECK(frames(preset::maestro_mel, 8819) == 1);
  CHECK(frames(preset::maestro_mel, 8820) == 2);
  CHECK(frames(preset::maestro_mel, 0) == 0);
  CHECK(frames(preset::panns_log_mel, 320000) == 1001);
  CHECK(frames(preset::panns_log_mel, 512) == 0);  // reflection needs 513
  CHECK(frames(preset::panns_log_mel, 513) == 2);
  front_end_options kong{.rate = 32000, .fft = 2048, .hop = 1024, .padding = padding_kind::none};
  CHECK(frames(kong, 320000) == 311);
  CHECK(frames(kong, 2047) == 0);
  CHECK(frames(kong, 2048) == 1);
  front_end_options passt = preset::panns_log_mel;
  passt.pre_emphasis = 0.97;
  CHECK(frames(passt, 320000) == 1000);  // one sample is dropped
}

TEST_CASE("front-end: silence is the floor") {
  const auto f = run(preset::panns_log_mel, std::vector<float>(32000)).value();
  CHECK(f.frames == 101);
  for (float v : f.values) REQUIRE(v == Approx(-100));
  for (float v : run(preset::maestro_mel, std::vector<float>(44100)).value().values) REQUIRE(v == 0);
}

TEST_CASE("front-end: too short a sound is an error, one frame is enough") {
  CHECK(run(preset::maestro_mel, {}).error().text() ==
        "the sound is too short: front-end: expected at least 1 samples, got 0");
  CHECK(run(preset::maestro_mel, {0.5f}).value().frames == 1);
  CHECK_FALSE(run(preset::panns_log_mel, std::vector<float>(512, 0.1f)));
  CHECK(run(preset::panns_log_mel, std::vector<float>(513, 0.1f)).value().frames == 2);
  front_end_options o = small;
  o.padding = padding_kind::none;
  CHECK_FALSE(run(o, std::vector<float>(63)));
  CHECK(run(o, std::vector<float>(64)).value().frames == 1);
  CHECK(run(o, std::vector<float>(79)).value().frames == 1);
  CHECK(run(o, std::vector<float>(80)).value().frames == 2);
  o.pre_emphasis = 0.97;
  CHECK_FALSE(run(o, std::vector<float>(64)));
  CHECK(run(o, std::vector<float>(65)).value().frames == 1);
}

TEST_CASE("front-end: samples that are not finite, and features that overflow, are errors") {
  std::vector<float> x(1000, 0.5f);
  for (float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    x[700] = bad;
    CHECK(run(small, x).error().text() == message("non-finite sample: front-end, sample 700"));
  }
  x[700] = 1e30f;
  CHECK(run(small, x).error().what == "the features overflow");
}

TEST_CASE("front-end: odd transforms and hops longer than the transform") {
  front_end_options o = small;
  for (idx fft : {63, 45})
    for (idx hop : {1, 7, 45, 63, 200})
      for (padding_kind padding : {padding_kind::none, padding_kind::zero, padding_kind::reflect}) {
        o.fft = fft, o.hop = hop, o.padding = padding;
        const idx p = padding == padding_kind::none ? 0 : fft / 2;
        CHECK(run(o, noise(500, 3)).value().frames == 1 + (500 + 2 * p - fft) / hop);
      }
}

TEST_CASE("front-end: the cpu agrees with the reference") {
  for (idx fft : {64, 63, 100}) {
    front_end_options o = small;
    o.fft = fft;
    const auto x = noise(3000, 4);
    const auto a = front_end<reference>::create(o).value().run(x).value(), b = run(o, x).value();
    REQUIRE(a.values.size() == b.values.size());
    for (std::size_t i = 0; i < a.values.size(); ++i) CHECK(b.values[i] == Approx(a.values[i]).margin(1e-3));
  }
}

TEST_CASE("front-end: the executor does not matter") {
  backwards others;
  for (const front_end_options& o : {small, preset::panns_log_mel}) {
    const auto f = front_end<cpu>::create(o).value();
    const auto x = noise(200 * 320, 5);
    CHECK(f.run(x, &others).value().values == f.run(x).value().values);
  }
}

TEST_CASE("front-end: bad options are errors") {
  const auto refused = [](auto change) {
    front_end_options o = small;
    change(o);
    return !front_end<cpu>::create(o);
  };
  CHECK_FALSE(refused([](auto&) {}));
  CHECK(refused([](auto& o) { o.rate = 0; }));
  CHECK(refused([](auto& o) { o.pre_emphasis = std::nan(""); }));
  CHECK(refused([](auto& o) { o.fft = 1; }));
  CHECK(refused([](auto& o) { o.fft = idx(1) << 40; }));
  CHECK(refused([](auto& o) { o.window_length = 65; }));
  CHECK(refused([](auto& o) { o.window_length = -1; }));
  CHECK(refused([](auto& o) { o.hop = 0; }));
  CHECK(refused([](auto& o) { o.bands = 0; }));
  CHECK(refused([](auto& o) { o.coefficients = 9; }));
  CHECK(refused([](auto& o) { o.highest = 4001; }));
  CHECK(refused([](auto& o) { o.lowest = std::nan(""); }));
  CHECK(refused([](auto& o) { o.logarithm = compression::decibel(0); }));
  CHECK(refused([](auto& o) { o.logarithm = compression::natural(-1); }));
  front_end_options o = small;
  o.hop = 0;
  CHECK(front_end<cpu>::create(o).error().text() == "bad front-end option: hop: expected 1 to 1048576, got 0");
}
