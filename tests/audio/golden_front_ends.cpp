// Front-ends of published systems against numbers made with their own libraries.
#include <auris/audio/front_end.hpp>
#include <auris/audio/presets.hpp>
#include <auris/data/standardise.hpp>

#include "audio/golden.hpp"
#include "audio/signals.hpp"
#include "op/backends.hpp"
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

/// The last of the tested backends; the others are too slow for most of it.
using fastest = std::tuple_element_t<std::tuple_size_v<table::backends> - 1, table::backends>;

template <class Backend = fastest>
features make(const front_end_options& o, int seconds) {
  return front_end<Backend>::create(o).value().run(golden_signal(o.rate, seconds)).value();
}

}  // namespace

TEST_CASE("front-end: mel-band magnitudes of the MAESTRO baseline") {
  front_end_options o = preset::maestro_mel;
  compare(make(o, 3), "maestro_mbe_44k1_zero", 0, 1e-4);
  o.padding = padding_kind::reflect;
  compare(make(o, 3), "maestro_mbe_44k1_reflect", 0, 1e-4);
}

TEST_CASE("front-end: log-mel of MAESTRO, and its cepstra") {
  compare(make(preset::maestro_log_mel, 3), "logmel64_44k1", 1e-3, 0);
  compare(make(preset::maestro_mfcc, 3), "mfcc64_44k1", 1e-3, 0);
  compare(make(preset::maestro_lfcc, 3), "lfcc64_44k1", 1e-3, 0);
}

TEST_CASE("front-end: fewer cepstra are the first of all") {
  const features all = make(preset::maestro_mfcc, 1), some = make(preset::maestro_mfcc_40, 1);
  REQUIRE(some.bands == 40);
  for (idx t = 0; t < all.frames; ++t) CHECK(std::equal(some.frame(t), some.frame(t) + 40, all.frame(t)));
}

TEMPLATE_LIST_TEST_CASE("front-end: constant-Q transform", "", table::backends) {
  compare(make<TestType>(preset::maestro_cqt, 3), "cqt64_44k1", 1e-3, 0);
}

TEMPLATE_LIST_TEST_CASE("front-end: log-mel of PANNs", "", table::backends) {
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

TEST_CASE("front-end: no padding, symmetric window of unit energy, natural logarithm") {
  compare(make(preset::kong_log_mel, 1), "kong_logmel_32k", 1e-3, 0);
}

TEST_CASE("front-end: log-mel of DcaseNet, standardised clip by clip") {
  features f = make(preset::dcasenet_log_mel, 1);
  compare(f, "dcasenet_logmel_24k_raw", 1e-3, 0);
  standardise_clip(f.values, f.bands).value();
  compare(f, "dcasenet_logmel_24k", 1e-3, 0);
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
